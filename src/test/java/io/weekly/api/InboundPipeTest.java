package io.weekly.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.report.ReportStatus;
import io.weekly.testing.DeliveredReports;
import io.weekly.testing.Inbound;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of docs/inbound.md, run as a mail server runs it. Needs sh, curl and openssl. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(Inbound.class)
class InboundPipeTest {

    private static final Pattern SCRIPT = Pattern.compile("```sh\\n *(#!/bin/sh.*?)```", Pattern.DOTALL);
    private static final int DONE = 0;
    private static final int TRY_AGAIN = 75;

    @TestHTTPResource("")
    URI server;

    @Inject
    World world;

    @Inject
    DeliveredReports delivered;

    @TempDir
    Path folder;

    @Test
    void theDocumentedScriptHandsOverAMessageAndSaysWhenToTryAgain() throws IOException, InterruptedException {
        var report = delivered.one();
        var message = DeliveredReports.mail(report).postfix("failed", "5.1.1", "550 5.1.1 no such user");

        assertThat(run(message, "a-secret-that-is-not-the-right-one", server.toString())).isEqualTo(TRY_AGAIN);
        assertThat(run(message, Inbound.DSN_SECRET, "http://127.0.0.1:1")).isEqualTo(TRY_AGAIN);
        assertThat(world.report(report.id()).status()).isEqualTo(ReportStatus.DELIVERED);

        assertThat(run(message, Inbound.DSN_SECRET, server.toString())).isEqualTo(DONE);
        assertThat(world.report(report.id()).status()).isEqualTo(ReportStatus.BOUNCED);
        assertThat(delivered.suppressions(report)).containsExactly("bounced");
    }

    /** Some mail systems return the whole mail. */
    @Test
    void theBeginningOfALargeMessageIsEnough() throws IOException, InterruptedException {
        var report = delivered.one();
        var message = new String(DeliveredReports.mail(report).named("exim")).replace("The report is attached.", "QUJD\n".repeat(600_000));

        assertThat(run(message.getBytes(), Inbound.DSN_SECRET, server.toString())).isEqualTo(DONE);

        assertThat(world.report(report.id()).status()).isEqualTo(ReportStatus.BOUNCED);
    }

    private int run(byte[] message, String secret, String url) throws IOException, InterruptedException {
        var settings = Files.writeString(folder.resolve("inbound.conf"), "WEEKLY_URL=%s%nWEEKLY_SECRET=%s%n".formatted(
                url.replaceAll("/$", ""), secret));
        var input = Files.write(folder.resolve("message"), message);
        var command = new ProcessBuilder("sh", script().toString()).inheritIO().redirectInput(input.toFile());
        command.environment().put("WEEKLY_CONF", settings.toString());
        var process = command.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private Path script() throws IOException {
        var found = SCRIPT.matcher(Files.readString(Path.of("docs/inbound.md")));
        assertThat(found.find()).isTrue();
        return Files.writeString(folder.resolve("weekly-inbound"), found.group(1));
    }
}
