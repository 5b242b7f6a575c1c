package io.weekly.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.SocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {

    private static final SocketAddress PROXY = SocketAddress.inetSocketAddress(80, "192.0.2.1");

    @Test
    void anAddressOfIpVersion4IsOneClient() {
        assertThat(network("203.0.113.7")).isEqualTo("203.0.113.7").isNotEqualTo(network("203.0.113.8"));
    }

    @Test
    void allAddressesOfOneNetworkOfIpVersion6AreOneClient() {
        assertThat(network("2001:db8:1:2::7")).isEqualTo(network("2001:db8:1:2:ffff::8")).isEqualTo(network("2001:DB8:1:2:0:0:0:7"));
        assertThat(network("2001:db8:1:2::7")).isNotEqualTo(network("2001:db8:1:3::7"));
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7", "2001:DB8:1:2:0:0:0:7, 2001:db8:1:2::7", "::ffff:203.0.113.7, 203.0.113.7",
        "[2001:db8::1], 2001:db8::1",
        "fe80::1%eth0, fe80::1", "evil<script>, 192.0.2.1", "unknown, 192.0.2.1", "_hidden, 192.0.2.1", "localhost, 192.0.2.1",
        "203.0.113, 192.0.2.1", "203.0.113.256, 192.0.2.1", "2001:db8::1::2, 192.0.2.1", "'', 192.0.2.1"
    })
    void onlyAnAddressInItsCanonicalFormIsTakenFromAProxy(String named, String expected) {
        assertThat(ClientAddress.of(SocketAddress.inetSocketAddress(80, named.isEmpty() ? " " : named), PROXY).text()).isEqualTo(expected);
    }

    @Test
    void aLongNameIsNoAddress() {
        assertThat(ClientAddress.of(SocketAddress.inetSocketAddress(80, "fe80::1%" + "x".repeat(64)), PROXY).text()).isEqualTo("192.0.2.1");
        assertThat(ClientAddress.of(null, null).text()).isEqualTo("unknown");
    }

    private static String network(String address) {
        return new ClientAddress(address).network();
    }
}
