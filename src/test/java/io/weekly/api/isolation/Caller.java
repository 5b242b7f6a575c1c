package io.weekly.api.isolation;

import io.weekly.testing.TestTokens;
import java.util.Optional;

/**
 * Who sends a request.
 *
 * @param name tells callers of one kind apart
 * @param authorization the header; empty for a request without it
 */
record Caller(Kind kind, String name, Optional<String> authorization) {

    /** The address that test mails of admins and operators go to. */
    static final String MAIL = "boss@mail.test";
    static final Caller OPERATOR = of(Kind.OPERATOR, "", TestTokens.withEmail(MAIL, "operator", Optional.empty(), "operator"));
    static final Caller AUDITOR = of(Kind.AUDITOR, "", TestTokens.auditor());

    static Caller of(Kind kind, String name, String token) {
        return new Caller(kind, name, Optional.of("Bearer " + token));
    }

    @Override
    public String toString() {
        return kind.column() + (name.isEmpty() ? "" : " (%s)".formatted(name));
    }
}
