package io.weekly.database;

import io.vertx.mysqlclient.SslMode;

/** Whether connections to the database are encrypted, and what is checked about the server. */
enum TlsMode {

    /** Not encrypted, even if the server offers it. */
    DISABLED(SslMode.DISABLED),
    /** Encrypted. Whoever can redirect the connection can still answer in the place of the server. */
    REQUIRED(SslMode.REQUIRED),
    /** Encrypted, and a trusted authority signed the certificate of the server. */
    VERIFY_CA(SslMode.VERIFY_CA),
    /** Encrypted, a trusted authority signed the certificate, and it is for the host of the address. */
    VERIFY_IDENTITY(SslMode.VERIFY_IDENTITY);

    private final SslMode mode;

    TlsMode(SslMode mode) {
        this.mode = mode;
    }

    /** The same for the reactive client. */
    SslMode forClient() {
        return mode;
    }

    /** The same for the JDBC driver. Its property sslMode has the same names. */
    String forDriver() {
        return name();
    }

    boolean checksTheCertificate() {
        return this == VERIFY_CA || this == VERIFY_IDENTITY;
    }
}
