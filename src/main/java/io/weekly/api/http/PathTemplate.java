package io.weekly.api.http;

import java.util.List;

/** A path of the description, such as {@code /api/v1/reports/{id}}, compared piece by piece: every request asks many of these. */
record PathTemplate(List<String> pieces) {

    static PathTemplate of(String path) {
        return new PathTemplate(pieces(path));
    }

    /** As JAX-RS reads a path: one slash more at the end makes no difference, and neither does what follows a semicolon. */
    static List<String> pieces(String path) {
        var bare = path.indexOf(';') < 0 ? path : path.replaceAll(";[^/]*", "");
        var end = bare.endsWith("/") ? bare.length() - 1 : bare.length();
        return List.of(bare.substring(0, end).split("/", -1));
    }

    boolean isExact() {
        return pieces.stream().noneMatch(PathTemplate::isVariable);
    }

    boolean matches(List<String> asked) {
        if (asked.size() != pieces.size()) {
            return false;
        }
        for (var i = 0; i < asked.size(); i++) {
            var piece = pieces.get(i);
            if (isVariable(piece) ? asked.get(i).isEmpty() : !piece.equals(asked.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isVariable(String piece) {
        return piece.startsWith("{");
    }
}
