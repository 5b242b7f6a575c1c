package io.weekly.store.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FileIdentityTest {

    @Test
    void identitiesWhoseFieldsJoinToTheSameTextDiffer() {
        var identities = Stream.of(
                new FileIdentity(1, "2a", "pdf", "00"),
                new FileIdentity(12, "a", "pdf", "00"),
                new FileIdentity(1, "2", "apdf", "00"),
                new FileIdentity(1, "2a", "pdf0", "0"),
                new FileIdentity(1, "2apdf", "", "00"));

        assertThat(identities.map(identity -> Arrays.toString(identity.associatedData())).collect(Collectors.toSet())).hasSize(5);
    }
}
