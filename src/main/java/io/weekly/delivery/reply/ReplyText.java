package io.weekly.delivery.reply;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The words of a reply without all that it quotes: addresses, host names, web addresses and single quoted words. A recipient's address can
 * be {@code blocked@example.com}. docs/replies.md lists the patterns.
 */
record ReplyText(String words) {

    private static final String SOMETHING = " _ ";

    private static final Pattern QUOTED = Pattern.compile(
            "<[^<>]{0,400}>" // an address in a command
                    + "|\"[^\"@]{1,64}\"@\\S{1,255}" // a quoted local part
                    + "|\\S{0,400}(?:@|://)\\S{0,400}" // addresses
                    + "|[\"'`][^\\s\"'`]{1,64}[\"'`]" // a single quoted word
                    + "|[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,20}"); // host names, IP addresses, statuses

    private static final String WHO = "(?:user|recipient|mailbox|e-?mail account|addressee|e-?mail address|recipient address)";
    private static final String BETWEEN = "(?:[ ,:;]{1,3}[\\w'()-]{1,40}){0,8}[ ,:;]{1,3}";

    private static final Pattern ABOUT_US = words(
            "block(?:ed|ing|s)?", "block ?list(?:ed|s)?", "black ?list(?:ed|s)?", "deny ?list(?:ed)?", "denied", "refused by policy",
            "relay(?:ing|ed)?", "spam\\w{0,10}", "policy", "policies", "spf", "dkim", "dmarc", "authenticat\\w{1,5}", "unauthenticated",
            "(?:un)?authori[sz]ed", "reputation", "sender\\w?", "from address", "return[- ]path", "banned", "dns ?bl", "rbl", "listed",
            "prohibited", "not (?:permitted|allowed)", "virus", "malware", "reverse dns", "ptr", "helo", "ehlo", "content",
            "bulk", "unsolicited", "complaints?", "your (?:ip|account|server|host|domain|network|client|mail server)", "client host");

    /** Words about us that weigh more than a status about the address. "Blocked" is not one of them: a mailbox can be blocked, too. */
    private static final Pattern SURELY_ABOUT_US = words(
            "spf", "dkim", "dmarc", "sender", "senders", "relay(?:ing)? (?:access )?(?:denied|not)", "unable to relay", "not authori[sz]ed",
            "unauthenticated", "black ?list(?:ed)?", "block ?list(?:ed)?", "spam", "reputation",
            "your (?:ip|server|host|domain|network|client)");

    private static final Pattern ADDRESS = words(
            WHO + "(?: address)?" + BETWEEN
                    + "(?:unknown|not found|not known|(?:does not|does ?n[o']?t) exist|not exist|no longer exists?)",
            "(?:no such|unknown|invalid|non-?existent|nonexisting) (?:local |virtual |destination )?"
                    + "(?:user|recipient|mailbox|(?:user|recipient|e-?mail) account|addressee|person|e-?mail address|recipient address)s?",
            "no such address", "no mailbox (?:here )?by that name", "no mailbox (?:found|here)",
            WHO + BETWEEN + "(?:does not|does ?n[o']?t) have an?(?: _)? account",
            "not a (?:known|valid) (?:user|recipient|mailbox)",
            "(?:(?:user|recipient|e-?mail) account|mailbox)" + BETWEEN + "(?:disabled|deactivated|closed|deleted)");

    /** A quota of the sender: an "account" or a "quota" alone can be ours at the mail server. */
    private static final Pattern OUR_QUOTA = words(
            "(?:sending|sender'?s?|daily|hourly|monthly|your|smtp|outgoing|outbound|relay)(?: \\w{1,20}){0,3} quota",
            "quota (?:for|of) (?:sending|sent|outgoing|messages|mails|e-?mails)");

    private static final Pattern FULL = words(
            "(?:mailbox|inbox|mail box|mail folder)" + BETWEEN + "full", "over ?quota", "quota (?:is )?exceeded",
            "exceed(?:s|ed)?(?: \\w{1,20}){0,3} quota", "quota (?:is )?full", "out of storage(?: space)?", "storage allocation",
            "mailbox size", "mailbox has exceeded", "not enough storage", "insufficient (?:mailbox|user) storage");

    private static final Pattern LARGE = words(
            "(?:message|mail|e-?mail|size)(?: \\w{1,20}){0,4} too (?:large|big|long)", "too (?:large|big) (?:a )?(?:message|mail|e-?mail)",
            "(?:message|mail) (?:size|length)", "size (?:limit|exceeds)", "maximum (?:message|mail) size", "databytes limit");

    private static final Pattern LIMIT = words(
            "rate[- ]limit(?:ed|s|ing)?", "unusual rate", "too many (?:messages|mails|e-?mails)", "too much mail from", "throttl(?:ed|ing)",
            "sending (?:rate|limit)", "temporarily deferred due to (?:user complaints|unexpected volume)");

    private static final Pattern GREYLISTING = words("gr[ae]y ?list(?:ed|ing)?", "gr[ae]y-listed");

    private static Pattern words(String... alternatives) {
        return Pattern.compile("\\b(?:" + String.join("|", alternatives) + ")\\b");
    }

    /** @param reply at most {@link MailReply#MAX_TEXT_LENGTH} characters */
    static ReplyText of(String reply) {
        var plain = QUOTED.matcher(reply.replace('’', '\'')).replaceAll(SOMETHING);
        return new ReplyText(plain.toLowerCase(Locale.ROOT).replaceAll("\\s{1,100}", " "));
    }

    boolean isAboutUs() {
        return ABOUT_US.matcher(words).find() || OUR_QUOTA.matcher(words).find();
    }

    boolean isSurelyAboutUs() {
        return SURELY_ABOUT_US.matcher(words).find();
    }

    boolean isAboutTheAddress() {
        return ADDRESS.matcher(words).find();
    }

    boolean saysFull() {
        return FULL.matcher(words).find() && !OUR_QUOTA.matcher(words).find();
    }

    boolean saysTooLarge() {
        return LARGE.matcher(words).find();
    }

    /** Whether it names a limit of mails in a time. A server that greylists is none. */
    boolean saysLimit() {
        return LIMIT.matcher(words).find() && !GREYLISTING.matcher(words).find();
    }
}
