package io.weekly.webhook;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/** Reads the start of an answer, to show it to the admin of the endpoint. */
final class AnswerText {

    private static final int MAX_BYTES = 2048;
    private static final int MAX_CHARS = 300;
    private static final Duration MAX_TIME = Duration.ofSeconds(2);
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cc}\\p{Cf}\\p{Z}]++");

    private AnswerText() {}

    /**
     * The first characters on one line: what has arrived when the answer ends, is too long, takes too long or is cut. Never fails. Call it
     * on the event loop that has just delivered the answer.
     */
    static Future<String> read(Vertx vertx, HttpClientResponse response) {
        var start = Buffer.buffer();
        var done = Promise.<Boolean>promise();
        response.handler(part -> {
            start.appendBuffer(part, 0, Math.min(part.length(), MAX_BYTES - start.length()));
            if (start.length() == MAX_BYTES) {
                done.tryComplete(true);
            }
        });
        response.exceptionHandler(_ -> done.tryComplete(true));
        response.endHandler(_ -> done.tryComplete(true));
        var timer = vertx.setTimer(MAX_TIME.toMillis(), _ -> done.tryComplete(true));
        return done.future().onComplete(_ -> vertx.cancelTimer(timer)).map(_ -> line(start.getBytes()));
    }

    static String line(byte[] bytes) {
        var text = BLANKS.matcher(new String(bytes, StandardCharsets.UTF_8)).replaceAll(" ").strip();
        return text.codePointCount(0, text.length()) <= MAX_CHARS ? text : text.substring(0, text.offsetByCodePoints(0, MAX_CHARS)) + "…";
    }
}
