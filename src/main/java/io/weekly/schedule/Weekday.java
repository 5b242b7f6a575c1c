package io.weekly.schedule;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.time.DayOfWeek;
import java.util.Locale;

/** The JSON form of a weekday: its English name in lower case. The reader also accepts upper case and the ISO 8601 number, 1 for Monday. */
final class Weekday {

    private Weekday() {}

    static final class Writer extends JsonSerializer<DayOfWeek> {

        @Override
        public void serialize(DayOfWeek day, JsonGenerator json, SerializerProvider serializers) throws IOException {
            json.writeString(day.name().toLowerCase(Locale.ROOT));
        }
    }

    static final class Reader extends JsonDeserializer<DayOfWeek> {

        @Override
        public DayOfWeek deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (json.hasToken(JsonToken.VALUE_NUMBER_INT) && json.getText().matches("[1-7]")) {
                return DayOfWeek.of(json.getIntValue());
            }
            for (var day : DayOfWeek.values()) {
                if (json.hasToken(JsonToken.VALUE_STRING) && day.name().equalsIgnoreCase(json.getText())) {
                    return day;
                }
            }
            throw context.weirdStringException(json.getText(), DayOfWeek.class, "no weekday");
        }
    }
}
