package io.weekly.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.webhook.WebhookUrl.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://hooks.example.com/reports, https://hooks.example.com/reports",
        "HTTPS://Hooks.Example.COM, https://hooks.example.com/",
        "https://hooks.example.com.:443/a?b=c, https://hooks.example.com/a?b=c",
        "https://hooks.example.com:8443//a, https://hooks.example.com:8443//a",
        "https://müller.example/ü, https://xn--mller-kva.example/%C3%BC",
        "https://straße.example/hook, https://xn--strae-oqa.example/hook",
        "https://Relay:8443/, https://relay:8443/",
        "https://1.2.3.4/, https://1.2.3.4/",
        "https://１.2.3.4/, https://1.2.3.4/",
        "https://[2606:4700::1111]:8443/x, https://[2606:4700:0:0:0:0:0:1111]:8443/x",
        "https://[::ffff:1.2.3.4]/x, https://1.2.3.4/x"})
    void anAddressGetsItsNormalForm(String text, String normal) {
        assertThat(WebhookUrl.parse(text, false)).isInstanceOfSatisfying(
                Parsed.Valid.class, valid -> assertThat(valid.url().text()).isEqualTo(normal));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "hooks.example.com", "https:", "https://", "https:///x", "https:hooks.example.com", "ftp://hooks.example.com/",
        "file:///etc/passwd", "http://hooks.example.com/", "https://user@hooks.example.com/", "https://user:pw@hooks.example.com/",
        "https://a@1.1.1.1@hooks.example.com/", "https://hooks.example.com/#a", "https://hooks.example.com:0/",
        "https://hooks.example.com:65536/", "https://hooks.example.com:x/", "https://hooks.example.com:/", "https://2130706433/",
        "https://0x7f000001/", "https://0x7f.1/", "https://0177.0.0.1/", "https://127.1/", "https://127.0.0.1.256/", "https://1.2.3.4.5/",
        "https://01.2.3.4/", "https://1.2.3.256/", "https://[::1%25eth0]/", "https://[1.2.3.4]/", "https://[::1/", "https://a..b/",
        "https://-a.example/", "https://a_b.example/", "https://%6cocalhost/", "https://ho st/", "https://hooks.example.com/a b",
        "https://hooks.example.com\\@127.0.0.1/", "https://hooks.example.com/\r\nX: y"})
    void whatIsNoAddressOfAnEndpointIsRefused(String text) {
        assertThat(WebhookUrl.parse(text, false)).isInstanceOf(Parsed.Invalid.class);
    }

    @Test
    void plainHttpNeedsTheSetting() {
        assertThat(WebhookUrl.parse("http://hooks.example.com/", false))
                .isEqualTo(new Parsed.Invalid("must begin with https://"));
        assertThat(WebhookUrl.parse("http://hooks.example.com:80/", true)).isInstanceOfSatisfying(
                Parsed.Valid.class, valid -> assertThat(valid.url().text()).isEqualTo("http://hooks.example.com/"));
    }

    @Test
    void aLongAddressIsRefused() {
        assertThat(WebhookUrl.parse("https://hooks.example.com/" + "a".repeat(2000), false)).isInstanceOf(Parsed.Invalid.class);
    }

    @Test
    void theNormalFormOfANormalFormIsTheSame() {
        var once = ((Parsed.Valid) WebhookUrl.parse("https://[2606:4700::1111]:8443/%C3%BC?a=%20", false)).url();

        assertThat(WebhookUrl.parse(once.text(), false)).isEqualTo(new Parsed.Valid(once));
    }
}
