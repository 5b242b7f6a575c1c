package io.weekly.api.isolation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The kinds of callers. There are two tenants; the things that they ask for belong to the first one. */
enum Kind {
    /** Nobody: no token, or one that does not prove who the caller is. */
    INVALID,
    /** A token of the platform that names no caller of this service: no role, no tenant, blanks at the ends of its ids. */
    UNFIT,
    /** A user of a tenant that does not exist. */
    UNKNOWN,
    /** A user of a tenant that has ended. */
    ENDED,
    /** The viewer whose report it is. */
    VIEWER,
    /** Another viewer of its tenant. */
    COLLEAGUE,
    /** A viewer of the other tenant. */
    FOREIGN_VIEWER,
    /** The tenant-admin of its tenant. */
    ADMIN,
    /** The tenant-admin of the other tenant. */
    FOREIGN_ADMIN,
    OPERATOR,
    AUDITOR;

    /** Whether the caller belongs to the first tenant, to the other one, or to none. */
    enum Side {
        OWN,
        FOREIGN,
        EVERY_TENANT,
        NOBODY
    }

    /** Those with a column in {@code expectations.txt}, in its order. All operations refuse the others in the same way. */
    static List<Kind> columns() {
        return Arrays.stream(values()).filter(kind -> kind.side() != Side.NOBODY).toList();
    }

    /** The status that all operations answer with that need a token. Only for the kinds of nobody. */
    int refusal() {
        return switch (this) {
            case INVALID -> 401;
            case UNFIT -> 403;
            case UNKNOWN, ENDED -> 404;
            default -> throw new IllegalArgumentException(this + " may be permitted");
        };
    }

    String column() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Side side() {
        return switch (this) {
            case VIEWER, COLLEAGUE, ADMIN -> Side.OWN;
            case FOREIGN_VIEWER, FOREIGN_ADMIN -> Side.FOREIGN;
            case OPERATOR, AUDITOR -> Side.EVERY_TENANT;
            case INVALID, UNFIT, UNKNOWN, ENDED -> Side.NOBODY;
        };
    }

    /** The name of the role in a token. */
    String role() {
        return switch (this) {
            case VIEWER, COLLEAGUE, FOREIGN_VIEWER -> "viewer";
            case ADMIN, FOREIGN_ADMIN -> "tenant-admin";
            case OPERATOR -> "operator";
            case AUDITOR -> "auditor";
            case INVALID, UNFIT, UNKNOWN, ENDED -> throw new IllegalArgumentException(this + " has many callers");
        };
    }
}
