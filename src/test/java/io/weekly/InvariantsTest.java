package io.weekly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The descriptions of packages and docs/security.md name tests that check what they say. Each of those tests has to exist. */
class InvariantsTest {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern PAGE_NAME = Pattern.compile("`(\\w+(?:Test|IT)(?:\\.\\w+)?)`");
    private static final Pattern TEST_NAME = Pattern.compile("\\{@code (\\w+(?:Test|IT))\\.(\\w+)}");

    @Test
    void everyTestThatAPackageDescriptionNamesExists() {
        var named = texts(SOURCES, "package-info.java").stream()
                .flatMap(text -> TEST_NAME.matcher(unbroken(text)).results())
                .map(match -> match.group(1) + "." + match.group(2))
                .toList();

        assertThat(named).hasSizeGreaterThan(20).allSatisfy(InvariantsTest::exists);
    }

    @Test
    void everyTestThatTheSecurityPageNamesExists() throws IOException {
        var named = PAGE_NAME.matcher(Files.readString(Path.of("docs/security.md"))).results().map(match -> match.group(1)).toList();

        assertThat(named).hasSizeGreaterThan(40).allSatisfy(InvariantsTest::exists);
    }

    private static void exists(String test) {
        var name = test.split("\\.");
        if (name.length == 1) {
            assertThat(texts(TESTS, name[0] + ".java")).as(test).hasSize(1);
            return;
        }
        assertThat(texts(TESTS, name[0] + ".java"))
                .as(test)
                .singleElement()
                .asString()
                .containsPattern("@(Test|ParameterizedTest|Property)\\b[^{}]*(\\{[^{}]*}[^{}]*)?\\bvoid " + name[1] + "\\(");
    }

    /** Removes line breaks, because a tag and its name may be on two lines of the comment. */
    private static String unbroken(String comment) {
        return comment.replaceAll("\\s*\\R \\* ", " ");
    }

    private static List<String> texts(Path folder, String name) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith(name)).map(InvariantsTest::text).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
