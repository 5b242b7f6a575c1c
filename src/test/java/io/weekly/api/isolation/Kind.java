package io.weekly.api.isolation;

import java.util.Locale;

/** The kinds of callers, which are the columns of {@code expectations.txt}. There are two tenants; the things belong to the first one. */
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
    AUDITOR,
    /** A caller that may do it, with blanks at the ends of an id in the path. */
    BLANKS;

    /** Whether the caller belongs to the first tenant, to the other one, or to none. */
    enum Side {
        OWN,
        FOREIGN,
        EVERY_TENANT,
        NOBODY
    }

    String column() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Side side() {
        return switch (this) {
            case VIEWER, COLLEAGUE, ADMIN -> Side.OWN;
            case FOREIGN_VIEWER, FOREIGN_ADMIN -> Side.FOREIGN;
            case OPERATOR, AUDITOR -> Side.EVERY_TENANT;
            case INVALID, UNFIT, UNKNOWN, ENDED, BLANKS -> Side.NOBODY;
        };
    }
}
