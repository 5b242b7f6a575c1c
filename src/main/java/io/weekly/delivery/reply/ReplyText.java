package io.weekly.delivery.reply;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The words of a reply without all that it quotes: addresses, host names, web addresses and single quoted words. A recipient's address can
 * be {@code blocked@example.com}. docs/replies.md lists the patterns.
 */
record ReplyText(String words) {

    private static final String SOMETHING = " _ ";

    /** Addresses and web addresses. They can contain anything, also a status. */
    private static final Pattern ADDRESSES = Pattern.compile(
            "<[^<>]{0,400}>" // an address in a command
                    + "|\"[^\"@]{1,64}\"@[\\p{L}\\p{N}.-]{1,255}" // a quoted local part
                    + "|[^\\s<>]{0,400}@[\\p{L}\\p{N}.-]{1,255}"
                    + "|[^\\s<>]{0,400}://\\S{0,400}"
                    + "|[\\w-]{1,63}(?:\\.[\\w-]{1,63}){0,20}\\.[A-Za-z]{2,63}/\\S{0,400}"); // a web address without its scheme

    private static final Pattern NAMES = Pattern.compile(
            "[\"'`][^\\s\"'`]{1,64}[\"'`]" // a single quoted word
                    + "|[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,20}"); // host names, IP addresses, statuses

    private static final String WHO = "(?:user|recipient|mailbox|e-?mail account|addressee|e-?mail address|recipient address)";
    private static final String BETWEEN = "(?:[ ,:;]{1,3}[\\w'()-]{1,40}){0,8}[ ,:;]{1,3}";

    /** A message that is refused is not about the address, if no words about the recipient follow at once. */
    private static final String MESSAGE_REFUSED = "(?:message|e-?mail|mail) (?:was |is |has been )?(?:rejected|refused)"
            + "(?![ :;,.-]{1,4}(?:(?:no such|unknown|invalid) (?:user|recipient|mailbox)"
            + "|(?:user|recipient|mailbox) (?:is |was )?(?:unknown|not found|does not exist)))";

    private static final Pattern ABOUT_US = words(
            "block(?:ed|ing|s)?", "block ?list(?:ed|s)?", "black[- ]?(?:list|hole)(?:ed|s)?", "deny ?list(?:ed)?", "denied", "forbidden",
            "refused by policy", "refused to talk", "connection (?:was |is )?(?:refused|rejected)", MESSAGE_REFUSED,
            // In brackets at the end, an IP address only says who asked.
            "ip(?![:=] ?_ ?[)\\]])", "(?:start)?tls", "urls?",
            "relay(?:ing|ed)?", "spam\\w{0,10}", "policy", "policies", "spf", "dkim", "dmarc", "authenticat\\w{1,5}", "unauthenticated",
            "(?:un)?authori[sz]ed", "reputation", "sender\\w?", "banned", "dns ?bl", "dns ?lists?", "rbl", "listed",
            // A server that asks ours about the sender (callout), and quotes our answer.
            "verif(?:ication|y) failed", "call[- ]?(?:out|back)", "sent: rcpt to", "from (?:address|mailbox)", "return[- ](?:path|address)",
            "reply(?:[- ]to)? address", "envelope(?! (?:to|recipient))", "origins?",
            "prohibit\\w{0,5}", "disallow\\w{0,3}", "not (?:permitted|allowed)", "virus", "malware", "phishing", "junk\\w{0,4}",
            "abus\\w{1,3}", "suspicious", "spoof\\w{0,4}", "forged", "fraud\\w{0,5}", "unwanted", "filter(?:ed|s)?", "restrict\\w{0,5}",
            "(?:white|allow|gr[ae]y) ?list\\w{0,4}", "mail from", "originat\\w{2,4}",
            "reverse dns", "ptr", "helo", "ehlo", "content", "headers?", "bulk", "unsolicited", "complaints?",
            "your (?:e-?mail |mail |smtp |sending |user )?(?:ip|account|mailbox|server|host|domain|network|client)", "client host",
            // Our login at our own mail server.
            "password", "credentials?", "smtp (?:user|account|auth)", "pop3? before smtp", "please log ?in", "log ?in first",
            "outgoing", "outbound", "for sending",
            // How much we send. One recipient is never several.
            "too many", "more than \\d{1,9}(?: \\w{1,20}){0,2} (?:users|recipients|mailboxes|addresses|messages|mails|e-?mails)",
            "(?:unknown|invalid|bad|non-?existent|nonexisting) (?:users|recipients|mailboxes|addresses|accounts)");

    private static final String STATE = "(?:[ ,/]{1,3}(?:is|was|has been|temporarily|permanently|currently|inactive|disabled|or|and))";

    /** Phrases with words about us that are about the recipient, or a hint for the reader. */
    private static final Pattern NOT_ABOUT_US = words(
            "(?<!(?:sending|from|smtp|your) )(user)(?: _)?" + STATE + "{0,4}[ ,/]{1,3}blocked(?! (?:from|for) )",
            "(account|mailbox|inactive|disabled)(?: _| of this user)?" + STATE + "{0,4}[ ,/]{1,3}blocked(?! (?:from|for) )",
            "blocked[ ,/]{1,3}(?:(?:or|and|due to|because of)[ ,/]{1,3})?(?:inactiv\\w{1,5}|disabled)",
            "sender (?:has been |was |is |will be )?(?:notified|informed)", "sender (?:should|please) (?:check|verify|correct)",
            "(?:notify|inform|return(?:ed)? to|ask|contact) (?:the )?sender",
            "your (?:(?:network|e-?mail|mail|server|system|domain) ){1,2}administrators?",
            "your (?:mail )?server (?:has )?tried to (?:send|deliver) to an? (?:unknown|invalid|non-?existent)",
            "not a local (?:user|mailbox|recipient)[ ,;]{1,3}(?:and )?relaying is disabled",
            // Exim says "Callout verification failed" of a recipient, and "Sender verify failed" of a sender.
            "(?:recipient (?:address )?|callout )verif(?:ication|y) failed",
            // Postfix; Domino; Amazon SES
            "relay recipient (?:table|map)s?", "not listed in", "suppression list for your account");

    /** An address of a machine, or an account of ours. */
    private static final String NOT_OURS = "(?<!(?:host|client|server|network|source|remote|sending|smtp|your) )";

    private static final Pattern ADDRESS = words(
            WHO + "(?: address)?" + BETWEEN
                    + "(?:unknown|not found|not known|(?:does not|does ?n[o']?t) exist|not exist|no longer exists?|not listed in)",
            "(?:no such|unknown|invalid|non-?existent|nonexisting) (?:local |virtual |destination )?"
                    + "(?:user|recipient|mailbox|(?:user|recipient|e-?mail) account|addressee|person|e-?mail address|recipient address)",
            // Exim; QQ
            "unroute?able address", "unknown local[- ]part", "non-?existent account",
            "unknown address(?! (?:family|literal|type))", NOT_OURS + "address (?:is )?unknown",
            NOT_OURS + "(?:account|address) (?:does not|does ?n[o']?t) exist",
            "no such address", "no mailbox (?:here )?by that name", "no mailbox (?:found|here)",
            WHO + BETWEEN + "(?:does not|does ?n[o']?t) have an?(?: _)? account",
            "not a (?:known|valid) (?:user|recipient|mailbox)",
            "(?:(?:user|recipient|e-?mail) account|mailbox)" + BETWEEN + "(?:disabled|deactivated|closed|deleted)");

    /** A quota of the sender: an "account" or a "quota" alone can be ours at the mail server. */
    private static final Pattern OUR_QUOTA = words(
            "(?:sending|sender'?s?|daily|hourly|monthly|your|smtp|outgoing|outbound|relay|messages?|domain|rate)(?: \\w{1,20}){0,3} quota",
            "quota (?:for|of) (?:sending|sent|outgoing|messages|mails|e-?mails)", "your (?:\\w{1,20} )?(?:account|mailbox|storage)");

    private static final Pattern FULL = words(
            "(?:mailbox|inbox|mail box|mail folder|storage)" + BETWEEN + "full", "storage full", "full (?:mailbox|inbox)",
            "(?:over|disk)?quota", "out of storage(?: space)?", "storage allocation", "mailbox size", "mailbox has exceeded",
            "(?:not enough|insufficient) (?:mailbox |user |recipient |disk )?(?:storage|space)(?! available on this system)",
            "(?:account|user|mailbox|recipient) (?:\\w{1,20} )?over (?:the |its )?limit",
            "(?:mailbox|storage) (?:\\w{1,20} )?limit (?:is |has been )?(?:reached|exceeded)", "storage limit");

    private static final Pattern LARGE = words(
            "(?:message|mail|e-?mail|size)(?: \\w{1,20}){0,4} too (?:large|big|long)", "too (?:large|big) (?:a )?(?:message|mail|e-?mail)",
            "(?:message|mail) (?:size|length)", "size (?:limit|exceeds)", "maximum (?:message|mail) size", "databytes limit");

    private static final Pattern LIMIT = words(
            "rate[- ]limit(?:ed|s|ing)?", "unusual rate", "too many (?:messages|mails|e-?mails)", "too much mail from", "throttl(?:ed|ing)",
            "sending (?:rate|limit)", "limits? (?:for|on) how many", "messages? from[ ()_\\[\\]]{1,60}temporarily deferred",
            "temporarily deferred due to (?:user complaints|unexpected volume)");

    private static final Pattern LIMIT_OF_A_MAILBOX = words(
            "(?:receiving|getting) (?:e-?mail|mail|messages) (?:at a rate|too (?:quickly|fast))",
            "(?:recipient|mailbox) (?:\\w{1,20} )?limit");

    /** Of our connection, not of a domain: the mail server ends it. */
    private static final Pattern LIMIT_OF_A_CONNECTION =
            words("too many (?:\\w{1,20} )?(?:errors|connections|sessions|commands)", "(?:per|in (?:one|this|a)) (?:connection|session)");

    private static final Pattern GREYLISTING = words("gr[ae]y ?list(?:ed|ing)?", "gr[ae]y-listed");

    private static Pattern words(String... alternatives) {
        return Pattern.compile("\\b(?:" + String.join("|", alternatives) + ")\\b");
    }

    /** The reply with something else in place of addresses. @param reply at most {@link MailReply#MAX_TEXT_LENGTH} characters */
    static String withoutAddresses(String reply) {
        return ADDRESSES.matcher(reply).replaceAll(SOMETHING);
    }

    /** @param reply one that is {@link #withoutAddresses} */
    static ReplyText of(String reply) {
        var plain = NAMES.matcher(reply.replace('’', '\'')).replaceAll(SOMETHING);
        return new ReplyText(plain.toLowerCase(Locale.ROOT).replaceAll("\\s{1,100}", " "));
    }

    boolean isAboutUs() {
        var ours = NOT_ABOUT_US.matcher(words).replaceAll("$1$2" + SOMETHING);
        return ABOUT_US.matcher(ours).find() || OUR_QUOTA.matcher(ours).find();
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
        return LIMIT.matcher(words).find() && !GREYLISTING.matcher(words).find() && !saysLimitOfAConnection();
    }

    /** Whether one mailbox gets more than it may in a time. */
    boolean saysLimitOfAMailbox() {
        return LIMIT_OF_A_MAILBOX.matcher(words).find();
    }

    boolean saysLimitOfAConnection() {
        return LIMIT_OF_A_CONNECTION.matcher(words).find();
    }
}
