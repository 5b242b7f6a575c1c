package io.weekly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A class that moves takes no setting along: a native build, for example, would silently initialise it at the wrong time. So every class
 * and package that {@code application.properties} names has to exist. The file is read as text, because comments name classes too.
 */
class ApplicationPropertiesTest {

    private static final Path FILE = Path.of("src/main/resources/application.properties");
    private static final Path CLASSES = Path.of("target/classes");

    private static final Pattern OURS = Pattern.compile("\\bio\\.weekly(?:\\.[\\w$]+)*");
    private static final Pattern AT_RUN_TIME = Pattern.compile("--initialize-at-run-time=([\\w.$]+)");
    private static final Pattern LOG_CATEGORY = Pattern.compile("quarkus\\.log\\.category\\.\"([\\w.$]+)\"");
    private static final Pattern REMOVED_CLASS = Pattern.compile("([\\w$]+(?:/[\\w$]+)+)\\.class\\b");

    @Test
    void everyClassOfOursThatIsNamedExists() throws IOException {
        assertThat(names(OURS)).hasSizeGreaterThan(7).allSatisfy(name -> assertThat(CLASSES.resolve(name.replace('.', '/')))
                .satisfiesAnyOf(
                        type -> assertThat(type.resolveSibling(type.getFileName() + ".class")).exists(),
                        folder -> assertThat(folder).isDirectory()));
    }

    @Test
    void everyClassAndPackageThatIsInitialisedAtRunTimeExists() throws IOException {
        assertThat(names(AT_RUN_TIME)).hasSizeGreaterThan(7).allSatisfy(name -> assertThat(exists(name)).as(name).isTrue());
    }

    @Test
    void everyLogCategoryIsOfAClassThatExists() throws IOException {
        assertThat(names(LOG_CATEGORY)).isNotEmpty().allSatisfy(name -> assertThat(exists(name)).as(name).isTrue());
    }

    @Test
    void everyClassThatIsRemovedFromAJarExistsThere() throws IOException {
        assertThat(names(REMOVED_CLASS)).isNotEmpty().allSatisfy(name -> assertThat(exists(name)).as(name).isTrue());
    }

    private static List<String> names(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(FILE)).results()
                .map(match -> match.group(match.groupCount() == 0 ? 0 : 1))
                .distinct()
                .toList();
    }

    private static boolean exists(String name) {
        var path = name.replace('.', '/');
        return Stream.of(path + ".class", path).anyMatch(it -> ApplicationPropertiesTest.class.getClassLoader().getResource(it) != null);
    }
}
