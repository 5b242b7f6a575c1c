package io.weekly;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares a table of the arrows between packages with the arrows in the code. */
final class PackageArrows {

    private static final String BASE = "io.weekly";

    private final Map<String, SortedSet<String>> allowed;
    /** By package and by used package: one class that needs the arrow. */
    private final SortedMap<String, SortedMap<String, String>> used = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    private PackageArrows(String table, Collection<Use> uses) {
        this.allowed = parsed(table);
        for (var use : uses) {
            var targets = used.computeIfAbsent(use.from(), _ -> new TreeMap<>());
            if (!use.from().equals(use.to())) {
                targets.putIfAbsent(use.to(), use.example());
            }
        }
    }

    /** @param example a class of {@code from} and the class of {@code to} that it uses */
    record Use(String from, String to, String example) {}

    /** The uses between our packages, and one of each package of itself. */
    static Collection<Use> uses(JavaClasses classes) {
        return classes.stream()
                .flatMap(type -> Stream.concat(
                        Stream.of(new Use(name(type), name(type), "")),
                        type.getDirectDependenciesFromSelf().stream().map(PackageArrows::use)))
                .filter(use -> !use.to().isEmpty())
                .toList();
    }

    private static Use use(Dependency dependency) {
        var from = dependency.getOriginClass();
        var to = dependency.getTargetClass().getBaseComponentType();
        return new Use(name(from), name(to), from.getSimpleName() + " uses " + to.getSimpleName());
    }

    /** Without {@code io.weekly}; empty if the class is not ours. */
    private static String name(JavaClass type) {
        var name = type.getPackageName();
        if (name.equals(BASE)) {
            return "(root)";
        }
        return name.startsWith(BASE + ".") ? name.substring(BASE.length() + 1) : "";
    }

    /**
     * What to change in the table or in the code.
     *
     * @param table a line for each package: its name, an arrow, the packages that it uses; a package uses only packages above it
     */
    static List<String> faults(String table, Collection<Use> uses) {
        var arrows = new PackageArrows(table, uses);
        arrows.used.forEach(arrows::compare);
        arrows.findLinesWithoutPackage();
        arrows.findLinesInWrongOrder();
        return arrows.faults;
    }

    private static Map<String, SortedSet<String>> parsed(String table) {
        return table.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.toMap(
                line -> line.split("->")[0].strip(), PackageArrows::targets,
                (one, other) -> {
                    throw new IllegalArgumentException("Two lines for one package: " + one + " and " + other);
                },
                LinkedHashMap::new));
    }

    private static SortedSet<String> targets(String line) {
        var targets = line.substring(line.indexOf("->") + 2).strip();
        return targets.isEmpty() ? new TreeSet<>() : new TreeSet<>(Arrays.asList(targets.split("\\s+")));
    }

    private void compare(String from, SortedMap<String, String> targets) {
        var line = line(from, targets.keySet());
        if (!allowed.containsKey(from)) {
            faults.add("The package %s is not in the table. Add this line below the packages that it uses:%n%s".formatted(from, line));
            return;
        }
        targets.forEach((to, example) -> {
            if (!allowed.get(from).contains(to)) {
                faults.add("%s may not use %s, but %s. Change the code. If the new arrow is intended, the line is:%n%s".formatted(
                        from, to, example, line));
            }
        });
        for (var to : allowed.get(from)) {
            if (!targets.containsKey(to)) {
                faults.add("%s does not use %s any more. Now the line is:%n%s".formatted(from, to, line));
            }
        }
    }

    private void findLinesWithoutPackage() {
        allowed.forEach((from, targets) -> {
            if (!used.containsKey(from)) {
                faults.add("There is no package %s. Remove this line:%n%s".formatted(from, line(from, targets)));
            }
        });
    }

    private void findLinesInWrongOrder() {
        var above = new HashSet<String>();
        allowed.forEach((from, targets) -> {
            targets.stream().filter(to -> !above.contains(to)).forEach(to -> faults.add(
                    "%s uses %s. Move its line below the line of %s. If that is impossible, there is a cycle.".formatted(from, to, to)));
            above.add(from);
        });
    }

    private static String line(String from, Set<String> targets) {
        return ("%-18s -> %s".formatted(from, String.join(" ", targets))).stripTrailing();
    }
}
