package io.weekly.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class RunReadinessTest {

    /** The reason goes into events and letters, which the tenant reads. */
    @Test
    void theReasonNamesNoHostAndNoUserOfTheSourceDatabase() {
        var refused = new ConnectException("Connection refused: replica.internal/10.0.3.7:3306");
        var denied = new IllegalStateException("Access denied for user 'weekly'@'10.0.3.8'");

        assertThat(RunReadiness.reason(refused)).isEqualTo("the source database could not be queried");
        assertThat(RunReadiness.reason(denied)).isEqualTo("the source database could not be queried");
    }
}
