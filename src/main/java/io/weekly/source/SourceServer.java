package io.weekly.source;

import io.vertx.sqlclient.spi.DatabaseMetadata;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * The kind of database server of the source. MySQL and MariaDB limit the time of a statement in different ways. Both have
 * {@code sql_select_limit}, which limits the rows that a statement returns, but not the rows that it reads. A {@code LIMIT} in the
 * statement overrides it.
 */
enum SourceServer {
    /** Takes milliseconds. The time limit applies to SELECT only. */
    MYSQL(3024) {
        @Override
        String limits(long rows, Duration time) {
            return "SET SESSION sql_select_limit = %d, SESSION max_execution_time = %d".formatted(rows, Math.max(1, time.toMillis()));
        }
    },
    /** Takes seconds with decimals. The time limit applies to every statement. */
    MARIADB(1969) {
        @Override
        String limits(long rows, Duration time) {
            return "SET SESSION sql_select_limit = %d, SESSION max_statement_time = %s"
                    .formatted(rows, BigDecimal.valueOf(Math.max(1, time.toMillis()), 3).toPlainString());
        }
    };

    private final int timeoutCode;

    SourceServer(int timeoutCode) {
        this.timeoutCode = timeoutCode;
    }

    /** The kind of this server. Anything that is not MariaDB is treated as MySQL. */
    static SourceServer of(DatabaseMetadata server) {
        return server.productName().equals("MariaDB") ? MARIADB : MYSQL;
    }

    /** Limits the following statements on the connection. At least a millisecond, because 0 would mean no limit. */
    abstract String limits(long rows, Duration time);

    /** Whether this error means that the server ended a statement because of its time limit. */
    boolean isTimeout(int errorCode) {
        return errorCode == timeoutCode;
    }
}
