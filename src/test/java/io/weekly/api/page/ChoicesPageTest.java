package io.weekly.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.delivery.suppression.Subscription;
import io.weekly.delivery.suppression.Suppression;
import io.weekly.delivery.suppression.SuppressionReason;
import io.weekly.render.text.ServiceMessages;
import io.weekly.tenant.Preference;
import io.weekly.tenant.Scope.OfRecipient;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChoicesPageTest {

    private static final Preference NONE = Preference.NONE;

    @Test
    void noNameEndsTheElementThatItStandsIn() {
        var page = page(subscription("en", "Acme \"<script>alert(1)</script>'&", NONE, Optional.empty()), "<img src=x onerror=y> {0}");

        assertThat(page).contains("Acme &quot;&lt;script&gt;alert(1)&lt;/script&gt;&#39;&amp;").contains("&lt;img src=x onerror=y&gt; {0}")
                .doesNotContain("<script", "<img");
    }

    @Test
    void theAddressIsShownInPartOnly() {
        assertThat(page(subscription("en", "Acme", NONE, Optional.empty()), "Report")).contains("b\u2026\u2060@acme.test")
                .doesNotContain("bea.meyer");
    }

    @Test
    void thePolicyAllowsTheStyleOfThePageAndNoOther() throws Exception {
        var response = ChoicesPage.of(subscription("en", "Acme", NONE, Optional.empty()), "Report", false);
        var style = response.getEntity().toString().split("</?style>")[1];

        var hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
        assertThat(response.getHeaderString("Content-Security-Policy"))
                .contains("default-src 'none'; style-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "';");
        assertThat(response.getEntity().toString()).doesNotContain("style=").doesNotContain("http");
    }

    @ParameterizedTest
    @CsvSource({"de, 30. November 2026", "fr, 30 novembre 2026", "es, 30 de noviembre de 2026", "pl, 30 listopada 2026",
        "en, 'November 30, 2026'", "en-GB, 30 November 2026"})
    void aPauseEndsOnADayInTheLanguageAndZoneOfTheReader(String locale, String day) {
        var paused = new Preference(null, null, Instant.parse("2026-11-29T23:30:00Z"), List.of());

        assertThat(page(subscription(locale, "Acme", paused, Optional.empty()), "Report"))
                .contains(day, "value=\"end-pause\"");
    }

    @Test
    void everyLanguageHasAllTextsOfThePages() {
        for (var language : ServiceMessages.LANGUAGES) {
            var page = page(subscription(language, "Acme", NONE, Optional.of(suppression(SuppressionReason.BOUNCED))), "Report");
            assertThat(page).contains("<html lang=\"" + language + "\">").contains("class=\"box note\"").doesNotContain("{0}", "{1}");
        }
        assertThat(page(subscription("ja", "Acme", NONE, Optional.empty()), "Report")).contains("<html lang=\"en\">");
    }

    private static String page(Subscription subscription, String title) {
        try (Response response = ChoicesPage.of(subscription, title, false)) {
            return response.getEntity().toString();
        }
    }

    private static Suppression suppression(SuppressionReason reason) {
        return new Suppression("1", "bea.meyer@acme.test", reason, "", 1, Instant.EPOCH, Instant.EPOCH);
    }

    private static Subscription subscription(String locale, String tenant, Preference choices, Optional<Suppression> suppressed) {
        return new Subscription(
                new OfRecipient(1, 1), "u-1", "report", "weekly-business", "bea.meyer@acme.test", locale, tenant, "Europe/Berlin",
                "#0b5cad", choices, suppressed);
    }
}
