package io.weekly.delivery.reply;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says what a reply of a mail system is about: the address, the mailbox, the mail, us, or the mail server. It is the only place that
 * decides this, for replies in the dialogue, for delivery status notifications and for events of providers. docs/replies.md has its table.
 *
 * <p>The enhanced status comes first, then the code with the step, then the text. A reply that is not clear is about us, because a wrong
 * {@link ReplyClass#ADDRESS} would suppress the address of a person who wants the mail.
 */
public final class ReplyClassifier {

    /** A code followed by a status begins a line of a reply, also of one that a relay quotes. */
    private static final Pattern CODE_AND_STATUS = Pattern.compile("(?<![\\d.])(?=[245]\\d\\d[- ]#?[245]\\.\\d)");

    private static final Pattern CODE = Pattern.compile("^[245]\\d\\d(?:[- ]|$)");

    /** At the beginning, or before a status. */
    private static final Pattern FIRST_CODE =
            Pattern.compile("(?:^(?=[45]\\d\\d(?:[- ]|$))|(?<![\\d.])(?=[45]\\d\\d[- ]#?[45]\\.\\d))(\\d{3})");

    /** Codes with which servers refuse a recipient (RFC 5321, 4.2.3); without a status the text decides. */
    private static final Set<Integer> ABOUT_A_RECIPIENT = Set.of(550, 551, 552, 553, 554);

    /** The server wants a login, or does not take it (RFC 4954). */
    private static final Set<Integer> LOGIN = Set.of(530, 534, 535, 538);

    /** The host takes no mails at all (RFC 7504). */
    private static final int NO_MAIL_HERE = 521;

    /** Of 550, 551, 552 and 553, by sendmail. */
    private static final Set<String> OF_CODES = Set.of("5.1.1", "5.1.6", "5.2.2", "5.1.3");

    /** The code and the status are apart by a blank of any kind, also by a tab. */
    private static final Pattern BLANKS = Pattern.compile("\\s{1,4000}");

    /** At the beginning of a line. */
    private static final Pattern STATUS = Pattern.compile("^#?[245]\\.\\d{1,3}\\.\\d{1,3}:?(?=\\s|$)");

    /** The type before the text of a notification (RFC 3464, 2.3.6). */
    private static final Pattern TYPE = Pattern.compile("^\\s{0,9}(?i:smtp|x-[\\w-]{1,30})\\s{0,9};\\s{0,9}");

    /** If the lines of a reply say different things, the first of these counts. What is about us comes first, the address last. */
    private static final List<ReplyClass> ORDER = List.of(
            ReplyClass.SENDER, ReplyClass.SERVICE, ReplyClass.DOMAIN_LIMIT, ReplyClass.TOO_LARGE, ReplyClass.MAILBOX_FULL,
            ReplyClass.TEMPORARY, ReplyClass.ADDRESS);

    private final MailReply reply;
    private final String text;
    private final int code;
    /** Without their codes. */
    private final List<String> lines;

    private ReplyClassifier(MailReply reply) {
        this.reply = reply;
        var oneLine = BLANKS.matcher(TYPE.matcher(reply.text()).replaceFirst("")).replaceAll(" ");
        this.text = ReplyText.withoutAddresses(oneLine).strip();
        this.code = code(reply, text);
        this.lines = lines();
    }

    /**
     * Whether a reply about us is one of the server that the service talks to, whoever the mail is for: to a login (530 and 535 at any
     * step), or before the recipient is named.
     */
    public static boolean isOfOurServer(Step step, int code) {
        return step.isBeforeRecipient() || LOGIN.contains(code);
    }

    /** What the reply is about. Every reply has a class. */
    public static ReplyClass classify(MailReply reply) {
        return new ReplyClassifier(reply).classify();
    }

    /** The code, else the first one in the text, else one of the severity of the status. A refusal without any of them is permanent. */
    private static int code(MailReply reply, String text) {
        if (reply.code() >= 400) {
            return reply.code();
        }
        var inText = FIRST_CODE.matcher(text);
        if (inText.find()) {
            return Integer.parseInt(inText.group(1));
        }
        var isTemporary = reply.status() == null
                ? EnhancedStatus.inLine(text).stream().anyMatch(status -> status.severity() == 4)
                : reply.status().startsWith("4");
        return isTemporary ? 450 : 550;
    }

    private ReplyClass classify() {
        if (reply.step().isBeforeRecipient()) {
            return beforeRecipient();
        }
        if (LOGIN.contains(code) || code == NO_MAIL_HERE) {
            return ReplyClass.SENDER;
        }
        var found = classes();
        return ORDER.stream().filter(found::contains).findFirst().orElseGet(this::byCode);
    }

    /** The server does not know the recipient yet. A mail that is too large is refused with 552 then (RFC 1870, 6.1). */
    private ReplyClass beforeRecipient() {
        if (code < 500 || reply.step() == Step.CONNECT) {
            return ReplyClass.SERVICE;
        }
        var statuses = statuses();
        var tooLarge = statuses.isEmpty()
                ? code == 552 || ReplyText.of(text).saysTooLarge()
                : statuses.stream().allMatch(EnhancedStatus::isTooLarge);
        return reply.step() == Step.MAIL && tooLarge ? ReplyClass.TOO_LARGE : ReplyClass.SENDER;
    }

    private List<EnhancedStatus> statuses() {
        var statuses = new ArrayList<EnhancedStatus>();
        if (reply.status() != null && !isMadeOfTheCode()) {
            statuses.add(EnhancedStatus.of(reply.status()));
        }
        lines.forEach(line -> statuses.addAll(EnhancedStatus.inLine(line)));
        statuses.removeIf(EnhancedStatus::saysNothing);
        return statuses;
    }

    private List<String> lines() {
        var sameCode = Pattern.compile("(?<![\\d.])(?=" + code + "[- ])");
        return CODE_AND_STATUS.splitAsStream(text)
                .flatMap(sameCode::splitAsStream)
                .map(line -> CODE.matcher(line).replaceFirst("").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** What the status and the lines say. Lines that say nothing are missing. */
    private Set<ReplyClass> classes() {
        var classes = EnumSet.noneOf(ReplyClass.class);
        var whole = whole();
        if (reply.status() != null && !isMadeOfTheCode()) {
            ofStatus(EnhancedStatus.of(reply.status()), whole).ifPresent(classes::add);
        }
        var hasStatus = !statuses().isEmpty();
        for (var line : lines) {
            var ofLine = EnhancedStatus.inLine(line).stream().flatMap(status -> ofStatus(status, whole).stream()).toList();
            classes.addAll(ofLine);
            if (ofLine.isEmpty()) {
                ofWords(ReplyText.of(line), hasStatus).ifPresent(classes::add);
            }
        }
        if (classes.contains(ReplyClass.ADDRESS)) {
            notTheAddress(whole).ifPresent(classes::add);
        }
        return classes;
    }

    /** All lines without their codes and statuses: a phrase can begin on one line and end on the next one. */
    private ReplyText whole() {
        return ReplyText.of(lines.stream().map(line -> STATUS.matcher(line).replaceFirst("")).collect(Collectors.joining(" ")));
    }

    /**
     * Sendmail makes a status of a code: 5.1.1 of 550 and 5.2.2 of 552, whatever the reply was about. Such a reply has a code and no
     * status.
     */
    private boolean isMadeOfTheCode() {
        return reply.status() != null
                && reply.route() == Route.DSN
                && code >= 500
                && CODE.matcher(text).find()
                && OF_CODES.contains(reply.status())
                && lines.stream().allMatch(line -> EnhancedStatus.inLine(line).isEmpty());
    }

    private Optional<ReplyClass> ofStatus(EnhancedStatus status, ReplyText whole) {
        return code >= 500 ? status.ofPermanent() : ofTemporary(status, whole);
    }

    /** 421 ends the connection at any step, also for the limit of one recipient's domain; then its status is about policy (4.7.x). */
    private Optional<ReplyClass> ofTemporary(EnhancedStatus status, ReplyText whole) {
        if (code == 421 && whole.saysLimitOfAConnection()) {
            return Optional.empty();
        }
        if (status.subject() == 3 && whole.saysLimitOfAMailbox()) {
            return Optional.of(ReplyClass.TEMPORARY);
        }
        return code == 421 && status.subject() == 7 ? Optional.of(ReplyClass.DOMAIN_LIMIT) : status.ofTemporary(reply.route());
    }

    /** A status or a word about the address counts only if nothing else is said: it would suppress the address. */
    private static Optional<ReplyClass> notTheAddress(ReplyText words) {
        // A full mailbox and a size are not about us, even if the words around them are.
        if (words.saysFull()) {
            return Optional.of(ReplyClass.MAILBOX_FULL);
        }
        if (words.saysTooLarge()) {
            return Optional.of(ReplyClass.TOO_LARGE);
        }
        if (words.isAboutUs()) {
            return Optional.of(ReplyClass.SENDER);
        }
        return words.saysLimitOfAMailbox() ? Optional.of(ReplyClass.TEMPORARY) : Optional.empty();
    }

    /** @param hasStatus whether another line has a status; then only words about us count */
    private Optional<ReplyClass> ofWords(ReplyText words, boolean hasStatus) {
        if (code < 500) {
            var isFull = !hasStatus && words.saysFull() && code != 421 && code != 454;
            return isFull ? Optional.of(ReplyClass.MAILBOX_FULL) : ofLimit(words);
        }
        var other = notTheAddress(words);
        if (other.isPresent()) {
            return hasStatus ? other.filter(ReplyClass.SENDER::equals) : other;
        }
        return !hasStatus && ABOUT_A_RECIPIENT.contains(code) && words.isAboutTheAddress()
                ? Optional.of(ReplyClass.ADDRESS)
                : Optional.empty();
    }

    /** 454 is about our own mail server (RFC 4954), and Amazon SES uses it for its own limit. */
    private Optional<ReplyClass> ofLimit(ReplyText words) {
        return code != 454 && words.saysLimit() ? Optional.of(ReplyClass.DOMAIN_LIMIT) : Optional.empty();
    }

    /** Neither status nor text say what it is. */
    private ReplyClass byCode() {
        return switch (code) {
            // RFC 5321, 4.2.1; RFC 3207, RFC 4954, and Amazon SES for its own limit. Later, they are some other server's.
            case 421, 454 -> reply.route() == Route.DIALOGUE ? ReplyClass.SERVICE : ReplyClass.TEMPORARY;
            // RFC 1870, 6.1
            case 552 -> ReplyClass.TOO_LARGE;
            // RFC 7504: the domain accepts no mail.
            case 556 -> ReplyClass.ADDRESS;
            default -> code >= 500 ? ReplyClass.SENDER : ReplyClass.TEMPORARY;
        };
    }
}
