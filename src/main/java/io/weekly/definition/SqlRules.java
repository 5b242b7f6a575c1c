package io.weekly.definition;

import io.weekly.definition.BrokenDefinition.Fault;
import io.weekly.definition.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The rules for the statement of a dataset: it is one SELECT, which only reads. It must not change the state of its connection, because the
 * next report on the connection may belong to another tenant. It must not wait for anything, because it occupies the connection meanwhile.
 *
 * <p>The server adds its own protection: the user of the source should have the right to read only, and the transaction is read only.
 */
final class SqlRules {
    /** Functions that wait, lock, write, or read a file of the server, on MySQL or MariaDB. */
    private static final Set<String> FUNCTIONS = Set.of(
            "sleep", "benchmark",
            "get_lock", "release_lock", "release_all_locks",
            "service_get_read_locks", "service_get_write_locks", "service_release_locks",
            "master_pos_wait", "source_pos_wait", "master_gtid_wait", "wait_for_executed_gtid_set",
            "wait_until_sql_thread_after_gtids", "wsrep_sync_wait_upto_gtid", "nextval", "setval", "load_file");
    /** The same for functions of plugins, whose names start like this. */
    private static final List<String> PREFIXES = List.of(
            "group_replication_", "asynchronous_connection_failover_", "version_tokens_", "spider_", "keyring_key_", "audit_log_",
            "masking_dictionary_", "mysql_firewall_");
    private static final Set<String> HINTS = Set.of("set_var", "max_execution_time", "resource_group");
    /** Words that start the part of a WITH statement that follows its common table expressions. */
    private static final Set<String> VERBS = Set.of("select", "update", "delete", "insert", "replace", "values", "table");

    private final String file;
    private final List<SqlToken> all;
    private final List<SqlToken> tokens;
    private final List<Fault> faults = new ArrayList<>();

    private SqlRules(String file, List<SqlToken> all) {
        this.file = file;
        this.all = all;
        this.tokens = all.stream().filter(token -> !token.isBlank()).toList();
    }

    /** The faults of a statement. */
    static List<Fault> check(String file, List<SqlToken> statement) {
        SqlRules rules = new SqlRules(file, statement);
        rules.checkThatItIsAQuery();
        rules.checkComments();
        for (int i = 0; i < rules.tokens.size(); i++) {
            rules.checkWords(i);
            rules.checkFunction(i);
            rules.checkQuotes(rules.tokens.get(i));
        }
        return rules.faults;
    }

    /**
     * With the server mode ANSI_QUOTES a text in double quotes is a name, in which a backslash does not escape. So the text would end at
     * another place, and what follows could be anything.
     */
    private void checkQuotes(SqlToken token) {
        if (token.kind() == Kind.QUOTED && token.text().startsWith("\"") && token.text().indexOf('\\') >= 0) {
            fault(token, "has a backslash in double quotes, which servers do not read alike; use single quotes");
        }
    }

    private void checkThatItIsAQuery() {
        SqlToken first = tokens.stream().filter(token -> !token.is('(')).findFirst().orElse(new SqlToken(Kind.SIGN, ";", 1));
        if (!first.is("select") && !(first.is("with") && withSelects())) {
            fault(first, "is not a query; it must start with SELECT or WITH and must not change anything");
        }
    }

    /** Whether the main part of a WITH statement is a SELECT: servers permit statements there that change rows. */
    private boolean withSelects() {
        int depth = 0;
        for (SqlToken token : tokens) {
            depth += token.is('(') ? 1 : token.is(')') ? -1 : 0;
            if (depth == 0 && token.kind() == Kind.WORD && VERBS.contains(lower(token))) {
                return token.is("select");
            }
        }
        return true; // the main part is in brackets, where servers allow only a SELECT
    }

    private void checkComments() {
        for (SqlToken token : all) {
            if (token.kind() == Kind.EXECUTABLE) {
                fault(token, "has a comment that the server executes (%s … */); write the SQL without the comment"
                        .formatted(token.text()));
            }
            if (token.kind() == Kind.HINT) {
                SqlTokens.of(token.text().substring(3)).stream()
                        .filter(word -> HINTS.contains(lower(word)))
                        .findFirst()
                        .ifPresent(word -> fault(token, "has the hint %s, which changes a setting; use datasets: {…: {timeout: …}} in "
                                .formatted(word.text()) + "report.yaml for a time limit"));
            }
            if (token.kind() != Kind.QUOTED && token.text().chars().anyMatch(SqlRules::isControl)) {
                fault(token, "has a control character outside of quotes, which servers do not treat alike; remove it");
            }
        }
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c) && !Character.isWhitespace(c);
    }

    private void checkWords(int at) {
        if (is(at, "into")) {
            fault(tokens.get(at), "has INTO; a dataset returns its rows and stores them nowhere");
        } else if (is(at, "for") && (is(at + 1, "update") || is(at + 1, "share"))
                || is(at, "lock") && is(at + 1, "in") && is(at + 2, "share")) {
            fault(tokens.get(at), "locks the rows that it reads; remove FOR UPDATE, FOR SHARE or LOCK IN SHARE MODE");
        } else if (is(at, "next") && is(at + 1, "value") && is(at + 2, "for")) {
            fault(tokens.get(at), "takes a number from a sequence, which changes the sequence; a dataset only reads");
        }
    }

    private boolean is(int at, String word) {
        return at < tokens.size() && tokens.get(at).is(word);
    }

    /** A name with quotes is a call too. A column may have the name of a function. */
    private void checkFunction(int at) {
        SqlToken token = tokens.get(at);
        if (at + 1 == tokens.size() || !tokens.get(at + 1).is('(')) {
            return;
        }
        String name = token.name().toLowerCase(Locale.ROOT);
        boolean setsId = name.equals("last_insert_id") && at + 2 < tokens.size() && !tokens.get(at + 2).is(')');
        if (FUNCTIONS.contains(name) || setsId || PREFIXES.stream().anyMatch(name::startsWith)) {
            fault(token, "calls %s, which waits, locks or changes something; a dataset only reads"
                    .formatted(name.toUpperCase(Locale.ROOT)));
        }
    }

    private static String lower(SqlToken token) {
        return token.text().toLowerCase(Locale.ROOT);
    }

    private void fault(SqlToken token, String reason) {
        faults.add(new Fault(file, token.line(), reason));
    }
}
