package io.weekly.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonErrorsTest {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private record Body(Integer days, Inner inner) {}

    private record Inner(int minutes) {}

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "-2147483649", "1000000000000", "1000000000000000000000000000000"})
    void aNumberThatIsTooLargeIsTheFaultOfItsField(String number) {
        var problem = JsonErrors.problem(failure("{\"days\": " + number + "}"));
        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.errors()).containsExactly(new Problem.Invalid("days", "is out of range"));

        var inner = JsonErrors.problem(failure("{\"inner\": {\"minutes\": " + number + "}}"));
        assertThat(inner.errors()).containsExactly(new Problem.Invalid("inner.minutes", "is out of range"));
    }

    @Test
    void aNumberThatIsTooLargeIsNoSyntaxError() {
        assertThat(JsonErrors.syntax(failure("{\"days\": 1000000000000}"))).isEmpty();
        assertThat(JsonErrors.syntax(failure("{\"days\": 1x}"))).contains("is no valid JSON at column 11");
    }

    private static JsonProcessingException failure(String text) {
        return catchThrowableOfType(JsonProcessingException.class, () -> JSON.readValue(text, Body.class));
    }
}
