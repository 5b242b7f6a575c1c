package io.weekly.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormFieldsTest {

    private static final MediaType MULTIPART = new MediaType("multipart", "form-data", Map.of("boundary", "b-1"));

    @ParameterizedTest
    @CsvSource({
        "List-Unsubscribe=One-Click, One-Click",
        "List%2DUnsubscribe=One%2dClick, One-Click",
        "a=b&List-Unsubscribe=One-Click&c, One-Click",
        "List-Unsubscribe=One-Click&List-Unsubscribe=Other, One-Click",
        "%zz=1&List-Unsubscribe=One-Click, One-Click",
    })
    void anEncodedFormIsRead(String body, String value) {
        assertThat(fields(MediaType.APPLICATION_FORM_URLENCODED_TYPE, body)).containsEntry("List-Unsubscribe", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "--b-1\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b-1--\r\n",
        "preamble\r\n--b-1\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\ny\r\n--b-1\r\nContent-Type: text/plain\r\n"
                + "content-disposition: form-data; name=List-Unsubscribe\r\n\r\nOne-Click\r\n--b-1--",
    })
    void aMultipartFormIsRead(String body) {
        assertThat(fields(MULTIPART, body)).containsEntry("List-Unsubscribe", "One-Click");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "--b-1", "--b-1--", "--b-1\r\n\r\n\r\n\r\n--b-1", "--other\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb"})
    void whatIsNoMultipartFormHasNoFields(String body) {
        assertThat(fields(MULTIPART, body)).isEmpty();
        assertThat(fields(MediaType.MULTIPART_FORM_DATA_TYPE, body)).isEmpty();
    }

    private static Map<String, String> fields(MediaType type, String body) {
        return FormFields.of(type, body.getBytes(StandardCharsets.UTF_8));
    }
}
