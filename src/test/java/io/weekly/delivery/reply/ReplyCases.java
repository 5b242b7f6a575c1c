package io.weekly.delivery.reply;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The tables of replies in {@code src/test/resources/replies}: step, reply, route, and the class that each must have. {@code words.txt} has
 * replies that single words decide.
 */
public final class ReplyCases {

    /** One line of the table. */
    public record Case(MailReply reply, ReplyClass expected) {

        /** The lines of a reply in a dialogue, with their codes. */
        public List<String> lines() {
            return Stream.of(reply.text().split("(?<!^)(?= %d[- ])".formatted(reply.code()))).map(String::strip).toList();
        }
    }

    private ReplyCases() {}

    public static List<Case> all() {
        return Stream.of("cases.txt", "words.txt").flatMap(name -> table(name).stream()).toList();
    }

    private static List<Case> table(String name) {
        try (var file = Objects.requireNonNull(ReplyCases.class.getResourceAsStream("/replies/" + name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(ReplyCases::of)
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Case of(String line) {
        var fields = Stream.of(line.split("\\|", -1)).map(String::strip).toList();
        var reply = new MailReply(
                Route.valueOf(fields.get(0)), Step.valueOf(fields.get(1)), Integer.parseInt(fields.get(2)),
                fields.get(3).isEmpty() ? null : fields.get(3), fields.get(4));
        return new Case(reply, ReplyClass.valueOf(fields.get(5)));
    }
}
