package io.weekly.definition;

import static io.weekly.definition.DefinitionFiles.faults;
import static io.weekly.definition.DefinitionFiles.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.definition.BrokenDefinition.Fault;
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

class SqlRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "--\nSET SESSION time_zone = '+09:00'", "-- \nSET @@time_zone = '+09:00'",
        "#\nSET time_zone = '+09:00'", "/* SELECT */ SET NAMES latin1", "/**/DO SLEEP(1)", "--\tx\nSET NAMES latin1",
        "--\u2028SELECT 1\n, 2", "(UPDATE t SET a = 1)", "-- SELECT 1", "", "/* SELECT 1", "'SELECT 1'", "`SELECT` 1", "SELECTED",
        "SET STATEMENT max_statement_time = 0 FOR SELECT 1", "CALL p()", "EXPLAIN SELECT 1", "TABLE t", "VALUES ROW(1)", "HANDLER t OPEN",
        "WITH a AS (SELECT 1) DELETE FROM t", "WITH a AS (SELECT 1), b (x) AS (SELECT 2) UPDATE t SET x = 1",
        "with recursive a as (select 1) insert into t select * from a", "WITH a AS (SELECT 1) REPLACE INTO t SELECT 1"})
    void whatIsNoSelectIsRefused(String sql) {
        assertThat(reasons(sql)).anySatisfy(reason -> assertThat(reason).startsWith("is not a query"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "SELECT 1 /*!50000 , SLEEP(9) */ | has a comment that the server executes",
        "SELECT 1 /*M!100100 , 2 */ | has a comment that the server executes",
        "/*! SET time_zone = '+09:00' */ | has a comment that the server executes",
        "SELECT '/*' /*!, GET_LOCK('a', 1) */ | has a comment that the server executes",
        "SELECT GET_LOCK('a', 1) | calls GET_LOCK",
        "SELECT get_lock/**/('a', 1) | calls GET_LOCK",
        "SELECT `Get_Lock` ('a', 1) | calls GET_LOCK",
        "SELECT \"get_lock\"('a', 1) | calls GET_LOCK",
        "SELECT 'it''s \\' fine', RELEASE_ALL_LOCKS() | calls RELEASE_ALL_LOCKS",
        "SELECT 1 FROM t WHERE a = 1 AND SLEEP (5) | calls SLEEP",
        "SELECT 1 WHERE (SELECT 1 FROM (SELECT BENCHMARK(1e9, MD5('a'))) x) | calls BENCHMARK",
        "SELECT SOURCE_POS_WAIT('a', 4) | calls SOURCE_POS_WAIT",
        "SELECT WAIT_FOR_EXECUTED_GTID_SET('a') | calls WAIT_FOR_EXECUTED_GTID_SET",
        "SELECT LAST_INSERT_ID(42) | calls LAST_INSERT_ID",
        "SELECT LAST_INSERT_ID ( /* */ id + 1) FROM t | calls LAST_INSERT_ID",
        "SELECT NEXTVAL(s) | calls NEXTVAL",
        "SELECT NEXT VALUE FOR s | takes a number from a sequence",
        "SELECT LOAD_FILE('/etc/passwd') | calls LOAD_FILE",
        "SELECT group_replication_set_as_primary('a') | calls GROUP_REPLICATION_SET_AS_PRIMARY",
        "SELECT 1 INTO OUTFILE '/tmp/a' | has INTO",
        "SELECT 1 INTO/**/DUMPFILE '/tmp/a' | has INTO",
        "SELECT a INTO @a FROM t | has INTO",
        "SELECT a FROM t FOR UPDATE | locks the rows",
        "SELECT a FROM t WHERE a > 1e1LOCK IN SHARE MODE | locks the rows",
        "SELECT a FROM t WHERE a > .1FOR UPDATE | locks the rows",
        "SELECT a FROM t WHERE a > 1e-1FOR SHARE | locks the rows",
        "SELECT a FROM t WHERE a > 1.FOR UPDATE SKIP LOCKED | locks the rows",
        "SELECT 1e0INTO OUTFILE '/tmp/a' | has INTO",
        "SELECT 1e0INTO @a | has INTO",
        "SELECT a FROM t FOR /* x */ SHARE SKIP LOCKED | locks the rows",
        "SELECT a FROM t LOCK IN SHARE MODE | locks the rows",
        "SELECT /*+ SET_VAR(time_zone = '+09:00') */ 1 | has the hint SET_VAR",
        "SELECT /*+ INDEX(t x) max_execution_time(0) */ 1 | has the hint max_execution_time",
        "SELECT /*+ RESOURCE_GROUP(fast) */ 1 | has the hint RESOURCE_GROUP"})
    void whatChangesStateOrWaitsIsRefused(String sql, String reason) {
        assertThat(reasons(sql)).anySatisfy(it -> assertThat(it).startsWith(reason));
    }

    /** With ANSI_QUOTES the name ends at the second quote. */
    @ParameterizedTest
    @ValueSource(strings = {
        "SELECT 1 AS \"x\\\", SLEEP(100) AS \"y\" FROM t", "SELECT \"a\\nb\"", "SELECT \"\\\\\""})
    void aBackslashInDoubleQuotesIsRefused(String sql) {
        assertThat(reasons(sql)).anySatisfy(it -> assertThat(it).startsWith("has a backslash in double quotes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SELECT 1 -- \u0000\n, 2", "SELECT\u0001 1", "SELECT 1 --\u0001 2", "SELECT 1 /* \u0000 */"})
    void aControlCharacterOutsideOfQuotesIsRefused(String sql) {
        assertThat(reasons(sql)).anySatisfy(it -> assertThat(it).startsWith("has a control character"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SELECT 1", "select 1", "  (SELECT 1) UNION (SELECT 2)", "-- a\n# b\n/* c */ ((SELECT 1))", "--\nSELECT 1",
        "WITH a AS (SELECT 1) SELECT 2",
        "WITH RECURSIVE a (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a WHERE n < 9) (SELECT * FROM a)",
        "SELECT sleep, `sleep`, t.benchmark FROM t", "SELECT 'GET_LOCK(1)', \"SLEEP(1)\", `x SLEEP(1)`", "SELECT 1 -- SLEEP(1)\n, 2",
        "SELECT REPLACE(a, 'x', 'y'), INSERT(a, 1, 2, 'z') FROM t", "SELECT LAST_INSERT_ID()", "SELECT IS_FREE_LOCK('a')",
        "SELECT SUBSTRING(a FROM 1 FOR 2) FROM t USE INDEX FOR ORDER BY (x)", "SELECT CAST(a AS CHAR CHARACTER SET utf8mb4) FROM t",
        "SELECT /*+ INDEX(t x) */ a FROM t", "SELECT 'INTO OUTFILE', `into`, `for` `update` FROM t", "SELECT '/*! x */', \"/*!\"",
        "SELECT 'a\u0000b'", "SELECT a, VALUES_OF(b) FROM t", "SELECT * FROM (VALUES ROW(1)) x", "SELECT updated, deleted FROM t",
        "SELECT `2fa`, t.2fa, 0x1F, 1e10, 1.5e-3, .5, 1 AS 1st FROM t"})
    void anOrdinaryQueryIsAllowed(String sql) {
        assertThat(reasons(sql)).isEmpty();
    }

    @Test
    void theFaultHasTheLineOfTheToken() {
        assertThat(faults(with("rows.sql", "--\n\nSET SESSION time_zone = '+09:00', a = :tenant")))
                .anySatisfy(fault -> assertThat(fault).startsWith("rows.sql:3: is not a query"));
        assertThat(faults(with("rows.sql", "SELECT :tenant,\n'\n', a /*\n*/ ,\nSLEEP(1)")))
                .anySatisfy(fault -> assertThat(fault).startsWith("rows.sql:5: calls SLEEP"));
    }

    /** However a call is written: what the server ignores between its tokens hides nothing. */
    @Property
    void nothingThatAServerIgnoresHidesACall(
            @ForAll("ignored") List<String> before, @ForAll("ignored") List<String> inside, @ForAll("calls") String function) {
        var sql = String.join("", before) + "SELECT 'a', " + function + String.join("", inside) + "('a')";

        assertThat(reasons(sql)).anySatisfy(it -> assertThat(it).startsWith("calls "));
    }

    /** Before the first word, nothing that a server ignores makes another statement a query. */
    @Property
    void nothingThatAServerIgnoresMakesAStatementAQuery(@ForAll("ignored") List<String> before, @ForAll("statements") String statement) {
        assertThat(reasons(String.join("", before) + statement)).anySatisfy(it -> assertThat(it).startsWith("is not a query"));
    }

    @Provide
    Arbitrary<List<String>> ignored() {
        return Arbitraries.of(" ", "\n", "\t", "\r\n", "-- SELECT\n", "--\n", "--\tWITH (\n", "# SELECT (\n", "/* SELECT */", "/**/",
                "/*/ ( */", "/* -- */").list().ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> calls() {
        return Arbitraries.of("SLEEP", "sLeEp", "`sleep`", "GET_LOCK", "`GET_LOCK`", "last_insert_id", "benchmark", "LOAD_FILE");
    }

    @Provide
    Arbitrary<String> statements() {
        return Arbitraries.of("SET SESSION time_zone = '+09:00'", "DO 1", "UPDATE t SET a = 1", "DELETE FROM t", "SELECTX", "CALL p()", "");
    }

    private static List<String> reasons(String sql) {
        return SqlRules.check("rows.sql", SqlText.parse(sql, Map.of()).tokens()).stream().map(Fault::reason).toList();
    }
}
