package io.weekly.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {

    private static final PathTemplate EVENTS = PathTemplate.of("/api/reports/{id}/events");

    @ParameterizedTest
    @ValueSource(strings = {
        "/api/reports/1/events", "/api/reports/1/events/", "/api/reports;a=b/1;c/events;d", "/api/reports/{id}/events",
        "/api/reports/%2F/events"})
    void matchesThePath(String asked) {
        assertThat(EVENTS.matches(PathTemplate.pieces(asked))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "/", "/api/reports/1", "/api/reports//events", "/api/reports/;a/events", "/api/reports/1/events//", "/api/reports/1/2/events",
        "/api/Reports/1/events"})
    void doesNotMatchThePath(String asked) {
        assertThat(EVENTS.matches(PathTemplate.pieces(asked))).isFalse();
    }
}
