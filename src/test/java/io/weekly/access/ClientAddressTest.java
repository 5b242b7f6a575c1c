package io.weekly.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientAddressTest {

    @Test
    void anAddressOfIpVersion4IsOneClient() {
        assertThat(network("203.0.113.7")).isEqualTo("203.0.113.7").isNotEqualTo(network("203.0.113.8"));
    }

    @Test
    void allAddressesOfOneNetworkOfIpVersion6AreOneClient() {
        assertThat(network("2001:db8:1:2::7")).isEqualTo(network("2001:db8:1:2:ffff::8")).isEqualTo(network("2001:DB8:1:2:0:0:0:7"));
        assertThat(network("2001:db8:1:2::7")).isNotEqualTo(network("2001:db8:1:3::7"));
    }

    @Test
    void aProxyMayNameItsClientsAsItLikes() {
        assertThat(network("_hidden")).isEqualTo("_hidden");
        assertThat(network("unknown")).isEqualTo("unknown");
    }

    private static String network(String address) {
        return new ClientAddress(address).network();
    }
}
