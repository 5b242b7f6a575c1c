package io.weekly.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.mysqlclient.MySQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sentences are those of MySQL 9 and MariaDB 11.4. */
class SqlFaultTest {

    private static final String SQL = "\n-- revenu comes later\nSELECT m.revenu,\n       SUM(x)\nFROM metrics m\nWHERE m.tenant = :tenant;\n";

    @Test
    void theServersLineBecomesThatOfTheFile() {
        var said = "You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server version for the right "
                + "syntax to use near 'FORM metrics m' at line 4";

        assertThat(fault(said, 1064)).startsWith("x/rows.sql:5: You have an error").endsWith("near 'FORM metrics m' (1064)");
    }

    @Test
    void whatTheServerOnlyNamesIsFoundInTheFileButNotInItsComments() {
        assertThat(fault("Unknown column 'm.revenu' in 'SELECT'", 1054)).startsWith("x/rows.sql:3: Unknown column 'm.revenu'");
        assertThat(fault("Unknown column 'revenu' in 'field list'", 1054)).startsWith("x/rows.sql:3: ");
        assertThat(fault("Table 'weekly.metrics' doesn't exist", 1146)).startsWith("x/rows.sql:5: Table");
        assertThat(fault("SELECT command denied to user 'source'@'localhost' for table 'metrics'", 1142)).startsWith("x/rows.sql:5: ");
        assertThat(fault("SELECT command denied to user 'source'@'localhost' for table `weekly`.`metrics`", 1142))
                .startsWith("x/rows.sql:5: ");
        assertThat(fault("FUNCTION weekly.SUM does not exist", 1305)).startsWith("x/rows.sql:4: ");
    }

    @Test
    void whatNamesNothingIsTheWholeFiles() {
        assertThat(fault("Division by 0", 1365)).isEqualTo("x/rows.sql: Division by 0 (1365)");
        assertThat(fault("Unknown column 'nowhere' in 'SELECT'", 1054)).startsWith("x/rows.sql: ");
    }

    private static String fault(String said, int code) {
        var text = SqlText.parse(SQL);
        var dataset = new Dataset("rows", SQL, text.statement(), List.of("tenant"), 10, true, Map.of());
        return SqlFault.of("x/rows.sql", dataset, new MySQLException(said, code, "42000")).getMessage();
    }
}
