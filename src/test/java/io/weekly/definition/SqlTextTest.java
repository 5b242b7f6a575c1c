package io.weekly.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {
    @Test
    void namesBecomeQuestionMarksInOrder() {
        SqlText text = SqlText.parse("SELECT 1\nFROM m WHERE t = :tenant AND (d >= :from OR d<:to)\n AND u=:tenant;", Map.of());

        assertThat(text.statement()).isEqualTo("SELECT 1\nFROM m WHERE t = ? AND (d >= ? OR d<?)\n AND u=?");
        assertThat(text.names()).containsExactly(
                new SqlText.Name("tenant", 2), new SqlText.Name("from", 2), new SqlText.Name("to", 2), new SqlText.Name("tenant", 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "':a'", "'it\\'s :a'", "'it''s :a'", "\":a\"", "`:a`", "`x\\`", "-- :a", "# :a\n", "/* :a\n */", "x::a", "@v:=1", "'12:30'",
        "12:30",
        "'open :a", "/* open :a", "a ->> '$.x:y'"})
    void textThatOnlyLooksLikeANameIsNotChanged(String sql) {
        SqlText text = SqlText.parse(sql, Map.of());

        assertThat(text.names()).isEmpty();
        assertThat(text.statement()).isEqualTo(sql.strip());
    }

    @Test
    void twoDashesWithoutASpaceStartNoComment() {
        assertThat(SqlText.parse("1--:a", Map.of()).names()).hasSize(1);
    }

    @Test
    void anUnquotedQuestionMarkIsFound() {
        assertThat(SqlText.parse("SELECT '?'\n, ?", Map.of()).questionMarkLine()).isEqualTo(2);
        assertThat(SqlText.parse("SELECT '?' -- ?\n", Map.of()).questionMarkLine()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "SELECT 1,\\n@n := @n + 1 | @n", "SELECT 1\\nINTO @out.x | @out", "SELECT 1,\\n@`n` | @", "SELECT 1\\n/*!50000 , @v := 2 */ | @v",
        "SELECT 1\\n/*M! , @v := 2 */ | @v"})
    void aVariableIsFoundWithItsLine(String sql, String name) {
        assertThat(SqlText.parse(sql.replace("\\n", "\n"), Map.of()).variable()).contains(new SqlText.Name(name, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SELECT @@version", "SELECT @@session.time_zone", "'@a'", "\"@a\"", "`@a`", "-- @a", "#@a", "/* @a */", "/*+ INDEX(t@q) */"})
    void serverVariablesAndQuotedTextAreNoVariables(String sql) {
        assertThat(SqlText.parse(sql, Map.of()).variable()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "SELECT 1;\\nDELETE FROM t | 2", "SELECT 1; -- a\\n/* b */ # c\\n ; ;\\n SELECT 2; SELECT 3 | 4",
        "SELECT 1; /*! DROP TABLE t */ | 1",
        "SELECT 1; - 1 | 1", "SELECT ';' ;'' | 1"})
    void aSecondStatementIsFoundWithItsLine(String sql, int line) {
        assertThat(SqlText.parse(sql.replace("\\n", "\n"), Map.of()).secondLine()).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SELECT ';'", "SELECT 1;", "SELECT 1 ;\n;", "SELECT 1; -- the end; really\n # end", "SELECT 1 -- a;\n, 2", "SELECT 1;/* ; */"})
    void aFinalSemicolonStartsNoSecondStatement(String sql) {
        assertThat(SqlText.parse(sql, Map.of()).secondLine()).isZero();
    }

    @Test
    void theStatementEndsAtTheFirstSemicolon() {
        assertThat(SqlText.parse("SELECT ';' -- ;\n ; -- the end", Map.of()).statement()).isEqualTo("SELECT ';' -- ;");
    }

    @Test
    void decimalsAreCastInTheStatement() {
        var constants = Map.<String, Object>of("share", new BigDecimal("0.125"), "rate", new BigDecimal("-12.50"), "top", 5L);

        assertThat(SqlText.parse("SELECT :share, :rate, :top, :tenant", constants).statement())
                .isEqualTo("SELECT CAST(? AS DECIMAL(3, 3)), CAST(? AS DECIMAL(4, 2)), ?, ?");
    }

    @Property
    void onlyNamesChange(@ForAll("pieces") List<String> pieces) {
        String sql = String.join(" ", pieces);
        List<String> names = pieces.stream().filter(piece -> piece.startsWith(":")).map(piece -> piece.substring(1)).toList();

        SqlText text = SqlText.parse(sql, Map.of());

        assertThat(text.names()).extracting(SqlText.Name::name).isEqualTo(names);
        assertThat(withNames(text)).isEqualTo(sql.strip());
    }

    /** Whatever quotes and comments are left open: nothing of the text gets lost or is read twice. */
    @Property
    void onlyNamesChangeInAnyText(@ForAll("anything") String sql) {
        SqlText text = SqlText.parse(sql, Map.of());

        assertThat(withNames(text)).isEqualTo(sql.strip());
        assertThat(text.names()).allSatisfy(name -> assertThat(sql.split("\n", -1)[name.line() - 1]).contains(":" + name.name()));
    }

    private static String withNames(SqlText text) {
        String sql = text.statement();
        for (SqlText.Name name : text.names()) {
            sql = sql.replaceFirst("\\?", ":" + name.name());
        }
        return sql;
    }

    /** The characters that mean something to the parser, without ? and ; which do not stay. */
    @Provide
    Arbitrary<String> anything() {
        return Arbitraries.strings().withChars("':\"`-/*#@!= \n\\a_1é").ofMaxLength(40);
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.of(":tenant", ":from", ":to_utc", "SELECT", "x = ", "':no'", "\":no\"", "`:no`", "-- :no\n", "/* :no */",
                "#:no\n", "a::b", "@x:=", "'\\':no'", "(", ")", "1.5", "- -", "/").list().ofMaxSize(12);
    }
}
