package io.weekly.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "https://login.example.com/jwks", "http://127.0.0.1:8180/keys", "http://127.12.0.9/keys", "http://localhost/keys",
        "HTTP://LOCALHOST:80/keys", "http://[::1]:8180/keys", "/etc/weekly/key.pem", "file:///etc/weekly/key.pem", "key.pem"})
    void encryptedAddressesThisMachineAndFilesAreTrusted(String location) {
        assertThat(KeyAddress.isTrusted(location)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "http://login.example.com/jwks", "HTTP://login.example.com/jwks", " http://login.example.com/jwks", "http://localhost.example.com/",
        "http://127.0.0.1.example.com/", "http://127.0.0.1@login.example.com/", "http://10.0.0.1/", "http://[::ffff:10.0.0.1]/",
        "http://localhost:x/", "http:///keys", "http:keys"})
    void everyOtherAddressWithoutEncryptionIsNot(String location) {
        assertThat(KeyAddress.isTrusted(location)).isFalse();
    }
}
