package io.weekly.owner;

import io.weekly.report.ReportStatus;
import io.weekly.text.ControlCharacters;
import io.weekly.text.Ellipsis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Groups problems by their reason, the largest group first. Replies of mail systems quote addresses and ids of mails, so each would be a
 * reason of its own. Words with an {@code @} and long words with a digit are left out.
 */
final class ReasonGroups {

    private static final int MAX_REASON = 160;
    private static final int LONG_WORD = 12;
    private static final String LEFT_OUT = "…";

    private ReasonGroups() {}

    /** @param problems of the readers that have this reason */
    record Group(String reason, List<ReportProblem> problems) {}

    /** The groups of the problems with this status. */
    static List<Group> of(List<ReportProblem> problems, ReportStatus status) {
        var groups = new LinkedHashMap<String, List<ReportProblem>>();
        problems.stream()
                .filter(problem -> problem.status() == status)
                .forEach(problem -> groups.computeIfAbsent(comparable(problem.reason()), _ -> new ArrayList<>()).add(problem));
        return groups.entrySet().stream()
                .map(group -> new Group(group.getKey(), group.getValue()))
                .sorted(Comparator.comparing((Group group) -> group.problems().size()).reversed())
                .toList();
    }

    /** The reason on one line, without what differs from reader to reader. Linear in the length of the text. */
    static String comparable(String reason) {
        var words = List.of(ControlCharacters.oneLine(reason).split(" ")).stream()
                .map(word -> isOfOneReader(word) ? LEFT_OUT : word)
                .collect(Collectors.joining(" "));
        return words.isEmpty() ? "no reason is known" : Ellipsis.shortenUnits(words, MAX_REASON);
    }

    private static boolean isOfOneReader(String word) {
        return word.indexOf('@') >= 0 || word.length() >= LONG_WORD && word.chars().anyMatch(Character::isDigit);
    }
}
