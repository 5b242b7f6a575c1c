package io.weekly.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.mysqlclient.MySQLException;
import io.weekly.definition.Dataset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages are those of MySQL 9 and MariaDB 11.4. */
class SqlFaultTest {

    private static final String SQL = "\n-- revenu comes later\nSELECT m.revenu,\n       SUM(x)\n"
            + "FROM metrics m\nWHERE m.tenant = :tenant;\n";

    @Test
    void theServersLineBecomesTheLineInTheFile() {
        var said = "You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server version for the right "
                + "syntax to use near 'FORM metrics m' at line 4";

        assertThat(fault(said, 1064)).startsWith("x/rows.sql:5: You have an error").endsWith("for the right syntax (1064)");
    }

    @Test
    void anUnknownNameIsFoundInTheFileButNotInComments() {
        assertThat(fault("Unknown column 'm.revenu' in 'SELECT'", 1054)).startsWith("x/rows.sql:3: Unknown column 'm.revenu'");
        assertThat(fault("Unknown column 'revenu' in 'field list'", 1054)).startsWith("x/rows.sql:3: ");
        assertThat(fault("Table 'weekly.metrics' doesn't exist", 1146)).startsWith("x/rows.sql:5: Table");
        assertThat(fault("SELECT command denied to user 'source'@'localhost' for table 'metrics'", 1142)).startsWith("x/rows.sql:5: ");
        assertThat(fault("SELECT command denied to user 'source'@'localhost' for table `weekly`.`metrics`", 1142))
                .startsWith("x/rows.sql:5: ");
        assertThat(fault("FUNCTION weekly.SUM does not exist", 1305)).startsWith("x/rows.sql:4: ");
    }

    @Test
    void anErrorWithoutLineOrNameHasNoLine() {
        assertThat(fault("Division by 0", 1365)).isEqualTo("x/rows.sql: Division by 0 (1365)");
        assertThat(fault("Unknown column 'nowhere' in 'SELECT'", 1054)).startsWith("x/rows.sql: ");
    }

    @Test
    void messagesContainNoSqlUsersOrHosts() {
        assertThat(fault("You have an error in your SQL syntax; check the manual for the right syntax"
                + " to use near 'it's\nGROUPP' at line 2", 1064))
                .isEqualTo("x/rows.sql:3: You have an error in your SQL syntax; check the manual for the right syntax (1064)");
        assertThat(fault("SELECT command denied to user 'source'@'10.0.3.7' for table `weekly`.`job`", 1142))
                .isEqualTo("x/rows.sql: SELECT command denied for table `weekly`.`job` (1142)");
        assertThat(SqlFault.publicMessage(new MySQLException("Access denied for user 'source'@'%' (using password: YES)", 1045, "28000")))
                .isEqualTo("Access denied (using password: YES) (1045)");
        assertThat(SqlFault.publicMessage(new MySQLException(
                "Host '10.0.3.7' is not allowed to connect to this MariaDB server", 1130, "HY000")))
                .isEqualTo("The host is not allowed to connect to this MariaDB server (1130)");
        assertThat(fault("The user specified as a definer ('root'@'db.internal') does not exist", 1449))
                .isEqualTo("x/rows.sql: The user specified as a definer (…) does not exist (1449)");
        assertThat(SqlFault.publicMessage(new MySQLException(
                "User 'source' has exceeded the 'max_questions' resource (current value: 9)", 1226, "42000")))
                .isEqualTo("The user has exceeded the 'max_questions' resource (current value: 9) (1226)");
    }

    @ParameterizedTest
    @CsvSource({"1111, HY000", "1267, HY000", "1064, 42000", "1242, 21000", "1292, 22007", "1690, 22003", "1690, ", "1290, HY000"})
    void permanentErrorsAreNotTransient(int code, String state) {
        assertThat(SqlFault.isTransient(new MySQLException("it says", code, state))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1205, HY000", "1213, 40001", "1317, 70100", "1203, 42000", "1226, 42000", "1461, 42000", "1412, HY000",
        "1040, 08004", "9999, 08S01", "1836, HY000", "1047, 08S01", "3032, HY000", "3100, HY000"})
    void temporaryErrorsAreTransient(int code, String state) {
        assertThat(SqlFault.isTransient(new MySQLException("it says", code, state))).isTrue();
    }

    private static String fault(String said, int code) {
        var dataset = new Dataset("rows", SQL, SQL.replace(":tenant", "?"), List.of("tenant"), 10, null, true, Map.of());
        return SqlFault.of("x/rows.sql", dataset, new MySQLException(said, code, "42000")).getMessage();
    }
}
