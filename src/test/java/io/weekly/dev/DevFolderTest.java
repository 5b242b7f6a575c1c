package io.weekly.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevFolderTest {

    @TempDir
    Path path;

    @Test
    void aPackagedApplicationGetsTheSecretsThatDevModeMade() throws IOException {
        var secret = DevKeys.in(new DevFolder(path).keys()).secret();

        assertThat(writtenWith(Map.of(
                "quarkus.datasource.username", "root",
                "quarkus.datasource.source.username", SourceUser.NAME,
                "quarkus.datasource.source.password", SourceUser.PASSWORD,
                "weekly.keys.current", DevKeys.ID,
                "weekly.keys." + DevKeys.ID, secret)))
                .contains("quarkus.datasource.source.username=" + SourceUser.NAME,
                        "quarkus.datasource.source.password=" + SourceUser.PASSWORD,
                        "weekly.keys.current=" + DevKeys.ID, "weekly.keys." + DevKeys.ID + "=" + secret);
    }

    @Test
    void theSecretsOfADevelopersOwnServersAreNotWritten() throws IOException {
        assertThat(writtenWith(Map.of(
                "quarkus.datasource.username", "ours",
                "quarkus.datasource.password", "a secret",
                "quarkus.datasource.source.username", "our_reader",
                "quarkus.datasource.source.password", "a secret",
                "weekly.keys.current", "ours",
                "weekly.keys.ours", "a secret",
                "weekly.keys." + DevKeys.ID, "a secret")))
                .contains("quarkus.datasource.username=ours")
                .noneMatch(line -> line.contains("a secret"));
    }

    @Test
    void aDevelopersOwnSecretsAreNotWrittenAlthoughTheyHaveTheNamesOfDevMode() throws IOException {
        assertThat(writtenWith(Map.of(
                "quarkus.datasource.source.username", SourceUser.NAME,
                "quarkus.datasource.source.password", "a secret",
                "weekly.keys.current", DevKeys.ID,
                "weekly.keys." + DevKeys.ID, "a secret")))
                .noneMatch(line -> line.contains("a secret") || line.startsWith("weekly.keys.") || line.contains(".source."));
    }

    private List<String> writtenWith(Map<String, String> settings) throws IOException {
        Config config = new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(settings, "test", 100)).build();
        var folder = new DevFolder(path);
        folder.writeServers(config);
        return Files.readAllLines(folder.servers());
    }
}
