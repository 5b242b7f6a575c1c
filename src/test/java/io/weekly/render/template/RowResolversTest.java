package io.weekly.render.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weekly.render.RenderException;
import io.weekly.render.brand.Brand;
import io.weekly.render.text.Formats;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowResolversTest {
    private static final List<Map<String, Object>> ROWS = List.of(row("a", "1.5"), row("b", null), row("a", "2"), row(null, "4"));

    @Test
    void whereSelectsTheRowsWithThisValue() {
        assertThat(composed("{#for row in rows.where('name', 'a')}{row.value} {/for}")).isEqualTo("1.5 2 ");
        assertThat(composed("{rows.where('name', 'c').size}")).isEqualTo("0");
    }

    @Test
    void atMostTakesAllRowsIfThereAreFewer() {
        assertThat(composed("{rows.atMost(2).size} {rows.atMost(9).size} {rows.atMost(0).size}")).isEqualTo("2 4 0");
        assertThatThrownBy(() -> composed("{rows.atMost('x').size}"))
                .hasMessageContaining("x/mail.txt:1").hasMessageContaining("number of rows");
    }

    @Test
    void atMostShortensALongText() {
        assertThat(composed("{rows.get(0).name.atMost(1)} {m.long.atMost(6)} {m.long.atMost(11)} {m.long.atMost(12)}"))
                .isEqualTo("a Eight… Eight word… Eight words.");
        assertThatThrownBy(() -> composed("{m.long.atMost('x')}"))
                .hasMessageContaining("x/mail.txt:1").hasMessageContaining("number of characters");
    }

    @Test
    void aSumLeavesOutNull() {
        assertThat(composed("{rows.sum('value')} {rows.where('name', 'b').sum('value')} {rows.where('name', 'c').sum('value')}"))
                .isEqualTo("7.5 0 0");
    }

    @Test
    void anUnknownColumnIsNamedWithFileAndLine() {
        assertThatThrownBy(() -> composed("\n{rows.where('nmae', 'a').size}"))
                .isInstanceOf(RenderException.class).hasMessageContaining("x/mail.txt:2").hasMessageContaining("no column nmae");
        assertThatThrownBy(() -> composed("{rows.sum('vlaue')}")).hasMessageContaining("no column vlaue");
    }

    private static String composed(String template) {
        return ReportTemplate.parse("x/mail.txt", template)
                .compose(Map.of("rows", ROWS), Map.of("long", "Eight words."), new Formats(Locale.ENGLISH), Brand.of("#000000"));
    }

    private static Map<String, Object> row(String name, String value) {
        Map<String, Object> row = new HashMap<>();
        row.put("name", name);
        row.put("value", value == null ? null : new BigDecimal(value));
        return row;
    }
}
