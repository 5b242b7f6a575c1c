package io.weekly.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {

    private static final AddressRules STRICT = new AddressRules(List.of());

    @ParameterizedTest
    @ValueSource(strings = {
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.0.1", "169.254.169.254",
        "168.63.129.16", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7", "203.0.113.7", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "100::1",
        "2001::1", "2001:0:7f00:1::", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1",
        "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1"})
    void privateAndSpecialAddressesAreRefused(String address) throws UnknownHostException {
        assertThat(STRICT.allow(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "1.1.1.1", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1", "126.0.0.1", "128.0.0.1", "168.63.129.15", "169.253.1.1",
        "172.15.1.1",
        "172.32.0.1", "192.0.1.1", "192.167.1.1", "198.17.1.1", "198.20.0.1", "223.255.255.255", "2606:4700::1111", "2a00:1450::1",
        "2001:4860::8888", "::ffff:1.1.1.1"})
    void publicAddressesAreAllowed(String address) throws UnknownHostException {
        assertThat(STRICT.allow(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void aConfiguredRangeIsAllowedAndItsNeighboursAreNot() throws UnknownHostException {
        var rules = new AddressRules(List.of(AddressRange.of("10.1.2.0/23"), AddressRange.of("fd00:1::/64")));

        assertThat(rules.allow(InetAddress.getByName("10.1.3.255"))).isTrue();
        assertThat(rules.allow(InetAddress.getByName("::ffff:10.1.3.255"))).isTrue();
        assertThat(rules.allow(InetAddress.getByName("10.1.4.0"))).isFalse();
        assertThat(rules.allow(InetAddress.getByName("10.1.1.255"))).isFalse();
        assertThat(rules.allow(InetAddress.getByName("fd00:1::ffff"))).isTrue();
        assertThat(rules.allow(InetAddress.getByName("fd00:1:0:1::"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0", "10.0.0.0/33", "10.0.0/8", "localhost/8", "fd00::/129", "10.0.0.1/24", "0x0a.0.0.0/8", "::/x"})
    void aTextThatIsNoRangeIsRefusedWithTheFormThatItShouldHave(String text) {
        assertThatThrownBy(() -> AddressRange.of(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("'" + text + "'");
    }
}
