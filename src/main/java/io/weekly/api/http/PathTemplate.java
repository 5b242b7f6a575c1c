package io.weekly.api.http;

import java.util.List;

/**
 * A path with variables, such as {@code /api/v1/reports/{id}}. It compares a path piece by piece. That is fast, and each request is
 * compared with many paths.
 */
record PathTemplate(List<String> pieces) {

    static PathTemplate of(String path) {
        return new PathTemplate(pieces(path));
    }

    /** Splits a path like JAX-RS: ignores one trailing slash, and matrix parameters after a semicolon. */
    static List<String> pieces(String path) {
        var bare = path.indexOf(';') < 0 ? path : path.replaceAll(";[^/]*", "");
        var end = bare.endsWith("/") ? bare.length() - 1 : bare.length();
        return List.of(bare.substring(0, end).split("/", -1));
    }

    boolean isExact() {
        return pieces.stream().noneMatch(PathTemplate::isVariable);
    }

    boolean matches(List<String> path) {
        if (path.size() != pieces.size()) {
            return false;
        }
        for (var i = 0; i < path.size(); i++) {
            var piece = pieces.get(i);
            if (isVariable(piece) ? path.get(i).isEmpty() : !piece.equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isVariable(String piece) {
        return piece.startsWith("{");
    }
}
