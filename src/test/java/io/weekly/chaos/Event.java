package io.weekly.chaos;

/** Something that goes wrong. */
sealed interface Event {

    /** SIGKILL of a replica; it is started again. */
    record Kill(int replica) implements Event {}
}
