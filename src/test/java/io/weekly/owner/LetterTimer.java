package io.weekly.owner;

import static io.weekly.testing.World.get;

import jakarta.enterprise.context.ApplicationScoped;

/** Sends the letters that wait, for tests of other packages in which no timer runs. */
@ApplicationScoped
public class LetterTimer {

    private final OwnerMailSender sender;

    LetterTimer(OwnerMailSender sender) {
        this.sender = sender;
    }

    public void send() {
        get(sender.send());
    }
}
