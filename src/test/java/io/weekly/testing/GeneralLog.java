package io.weekly.testing;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/** The general log of a MySQL or MariaDB server: all statements that it receives, in a table, while this is open. */
public final class GeneralLog implements AutoCloseable {

    private final Pool pool;

    private GeneralLog(Pool pool) {
        this.pool = pool;
    }

    public static GeneralLog of(Pool pool) {
        var log = new GeneralLog(pool);
        log.say("SET GLOBAL log_output = 'TABLE'");
        log.say("SET GLOBAL general_log = ON");
        return log;
    }

    /** How often statements with these words were executed. The statements of this class are not counted. */
    public int executions(String words) {
        return World.get(pool.preparedQuery(
                                """
                                SELECT COUNT(*) FROM mysql.general_log
                                WHERE command_type = 'Execute' AND LOCATE(?, CONVERT(argument USING utf8mb4)) > 0
                                  AND LOCATE('general_log', CONVERT(argument USING utf8mb4)) = 0""")
                        .execute(Tuple.of(words)))
                .iterator()
                .next()
                .getInteger(0);
    }

    private void say(String sql) {
        World.get(pool.query(sql).execute());
    }

    @Override
    public void close() {
        say("SET GLOBAL general_log = OFF");
        say("SET GLOBAL log_output = 'FILE'");
        say("TRUNCATE TABLE mysql.general_log");
    }
}
