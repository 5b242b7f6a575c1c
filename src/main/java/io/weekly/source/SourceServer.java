package io.weekly.source;

import io.vertx.sqlclient.spi.DatabaseMetadata;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * Which server datasets are read from, as far as it matters: how it is told to end a statement by itself. Both know {@code
 * sql_select_limit}, which holds for the rows that a statement answers and never for what it reads on its way; a {@code LIMIT} of the
 * statement's own wins over it.
 */
enum SourceServer {
    /** Milliseconds, for SELECT only. */
    MYSQL(3024) {
        @Override
        String limits(long rows, Duration time) {
            return "SET SESSION sql_select_limit = %d, SESSION max_execution_time = %d".formatted(rows, Math.max(1, time.toMillis()));
        }

        @Override
        String noLimits() {
            return "SET SESSION sql_select_limit = DEFAULT, SESSION max_execution_time = DEFAULT";
        }
    },
    /** Seconds with decimals, for any statement. */
    MARIADB(1969) {
        @Override
        String limits(long rows, Duration time) {
            return "SET SESSION sql_select_limit = %d, SESSION max_statement_time = %s"
                    .formatted(rows, BigDecimal.valueOf(Math.max(1, time.toMillis()), 3).toPlainString());
        }

        @Override
        String noLimits() {
            return "SET SESSION sql_select_limit = DEFAULT, SESSION max_statement_time = DEFAULT";
        }
    };

    private final int tookTooLong;

    SourceServer(int tookTooLong) {
        this.tookTooLong = tookTooLong;
    }

    static SourceServer of(DatabaseMetadata server) {
        return server.productName().equals("MariaDB") ? MARIADB : MYSQL;
    }

    /** For the statements that follow on the connection. 0 would be no limit at all, so a millisecond is the least. */
    abstract String limits(long rows, Duration time);

    /** As a connection is without them. */
    abstract String noLimits();

    /** What a SELECT can leave behind on its connection for the next tenant: locks, and the number that it chose to be the last one. */
    String nothingKept() {
        return "DO RELEASE_ALL_LOCKS(), LAST_INSERT_ID(0)";
    }

    /** Whether the server ended a statement for the time that it took. */
    boolean tookTooLong(int errorCode) {
        return errorCode == tookTooLong;
    }
}
