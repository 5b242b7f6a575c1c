package io.weekly.delivery;

/** Says whether mails can have links. The stage that composes the mails implements it, because this package knows no links. */
public interface MailLinkSettings {

    /** Whether the settings allow links in mails. */
    boolean areAllowed();
}
