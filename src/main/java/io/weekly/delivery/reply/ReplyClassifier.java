package io.weekly.delivery.reply;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

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
    private static final Set<Integer> ABOUT_A_RECIPIENT = Set.of(550, 551, 553, 554);

    /** The type before the text of a notification (RFC 3464, 2.3.6). */
    private static final Pattern TYPE = Pattern.compile("^\\s{0,9}(?i:smtp|x-[\\w-]{1,30})\\s{0,9};\\s{0,9}");

    /** If the lines of a reply say different things, the first of these counts. What is about us comes first, the address last. */
    private static final List<ReplyClass> ORDER = List.of(
            ReplyClass.SENDER, ReplyClass.SERVICE, ReplyClass.DOMAIN_LIMIT, ReplyClass.TOO_LARGE, ReplyClass.MAILBOX_FULL,
            ReplyClass.TEMPORARY, ReplyClass.ADDRESS);

    private final MailReply reply;
    private final String text;
    private final int code;

    private ReplyClassifier(MailReply reply) {
        this.reply = reply;
        this.text = TYPE.matcher(reply.text()).replaceFirst("").strip();
        this.code = code(reply, text);
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
        if (reply.status() != null) {
            statuses.add(EnhancedStatus.of(reply.status()));
        }
        lines().forEach(line -> statuses.addAll(EnhancedStatus.inLine(line)));
        statuses.removeIf(EnhancedStatus::saysNothing);
        return statuses;
    }

    /** The lines without their codes. */
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
        if (reply.status() != null) {
            ofStatus(EnhancedStatus.of(reply.status())).ifPresent(classes::add);
        }
        var hasStatus = !statuses().isEmpty();
        for (var line : lines()) {
            var words = ReplyText.of(line);
            var ofLine = EnhancedStatus.inLine(line).stream().flatMap(status -> ofStatus(status).stream()).toList();
            classes.addAll(ofLine);
            if (ofLine.isEmpty()) {
                ofWords(words, hasStatus).ifPresent(classes::add);
            }
            if (classes.contains(ReplyClass.ADDRESS) && words.isSurelyAboutUs()) {
                classes.add(ReplyClass.SENDER);
            }
        }
        return classes;
    }

    private Optional<ReplyClass> ofStatus(EnhancedStatus status) {
        return code >= 500 ? status.ofPermanent() : ofTemporary(status);
    }

    /** 421 ends the connection at any step, also for the limit of one recipient's domain; then its status is about policy (4.7.x). */
    private Optional<ReplyClass> ofTemporary(EnhancedStatus status) {
        return code == 421 && status.subject() == 7 ? Optional.of(ReplyClass.DOMAIN_LIMIT) : status.ofTemporary(reply.route());
    }

    /** @param hasStatus whether another line has a status; then only words about us count */
    private Optional<ReplyClass> ofWords(ReplyText words, boolean hasStatus) {
        if (code < 500) {
            var isFull = !hasStatus && words.saysFull() && code != 421 && code != 454;
            return isFull ? Optional.of(ReplyClass.MAILBOX_FULL) : ofLimit(words);
        }
        // A full mailbox and a size are not about us, even if the words around them are.
        if (!hasStatus && words.saysFull()) {
            return Optional.of(ReplyClass.MAILBOX_FULL);
        }
        if (!hasStatus && words.saysTooLarge()) {
            return Optional.of(ReplyClass.TOO_LARGE);
        }
        if (words.isAboutUs()) {
            return Optional.of(ReplyClass.SENDER);
        }
        return !hasStatus && ABOUT_A_RECIPIENT.contains(code) && words.isAboutTheAddress()
                ? Optional.of(ReplyClass.ADDRESS)
                : Optional.empty();
    }

    /** 421 and 454 without a status are about our own mail server. */
    private Optional<ReplyClass> ofLimit(ReplyText words) {
        return code != 421 && code != 454 && words.saysLimit() ? Optional.of(ReplyClass.DOMAIN_LIMIT) : Optional.empty();
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
