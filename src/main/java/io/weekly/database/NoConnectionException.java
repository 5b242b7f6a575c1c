package io.weekly.database;

import io.vertx.mysqlclient.MySQLException;

/** The server refused a new connection. The code alone would not tell that: some codes also occur in answers to statements. */
final class NoConnectionException extends RuntimeException {

    private final int code;

    NoConnectionException(MySQLException answer) {
        super(answer.getMessage(), answer, false, false);
        this.code = answer.getErrorCode();
    }

    int code() {
        return code;
    }
}
