package io.weekly.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerIdTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "250 2.0.0 Ok: queued as 4Qx1Zt2bN9z1                                          | 4Qx1Zt2bN9z1",
        "2.0.0 Ok: queued as 4Qx1Zt2bN9z1                                              | 4Qx1Zt2bN9z1",
        "250 Ok: queued as AbCdEf-gh_1234ij                                            | AbCdEf-gh_1234ij",
        "250 OK queued as 0b2e1f33-7c1d-4b8e-9f65-2a1b3c4d5e6f                         | 0b2e1f33-7c1d-4b8e-9f65-2a1b3c4d5e6f",
        "250 OK id=1tHxYz-00000001abC-2dEf                                             | 1tHxYz-00000001abC-2dEf",
        "250 2.6.0 <x.1@acme.test> [InternalId=123456789, Hostname=EX1] Queued mail for delivery | 123456789",
        "250 2.0.0 4AQ1bcde012345 Message accepted for delivery                        | 4AQ1bcde012345",
        "250 Ok 0102018c2d3e4f5a-1b2c3d4e-5f60-7182-93a4-b5c6d7e8f901-000000|0102018c2d3e4f5a-1b2c3d4e-5f60-7182-93a4-b5c6d7e8f901-000000",
        "Ok 0102018c2d3e4f5a-1b2c3d4e-5f60-7182-93a4-b5c6d7e8f901-000000  |0102018c2d3e4f5a-1b2c3d4e-5f60-7182-93a4-b5c6d7e8f901-000000",
        "250 2.0.0 Ok: queued as 4Qx1Zt2bN9z1.                                         | 4Qx1Zt2bN9z1"
    })
    void theIdIsFoundInTheFormsOfWellKnownServers(String reply, String id) {
        assertThat(ServerId.in(reply)).contains(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "accepted", "250 ok", "250 taken", "250 2.0.0 OK", "250 Great success", "250 Ok: queued as 12",
        "250 2.1.5 valid=no", "250 2.0.0 OK  1764484209 a640c23a-f4cd.123 - gsmtp"})
    void anotherReplyHasNone(String reply) {
        assertThat(ServerId.in(reply)).isEmpty();
    }

    @Test
    @Timeout(5)
    void aLongReplyTakesLinearTime() {
        assertThat(ServerId.in("queued as " + "a".repeat(200))).isEmpty();
        for (var piece : new String[] {"queued as ", "id=", " ", "2.0.0 ", "Ok: ", "a"}) {
            assertThat(ServerId.in(piece.repeat(1_000_000)).orElse("")).hasSizeLessThanOrEqualTo(ServerId.MAX_LENGTH);
        }
    }
}
