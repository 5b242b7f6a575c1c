package io.weekly.ops;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import io.weekly.definition.BrokenDefinition;
import io.weekly.definition.Definition;
import io.weekly.definition.DefinitionLoader;
import io.weekly.definition.Definitions;
import io.weekly.dev.SourceUser;
import io.weekly.source.DatasetException;
import io.weekly.source.DatasetParameters;
import io.weekly.source.Datasets;
import io.weekly.testing.HandDriven;
import io.weekly.testing.ReadingUser;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The database user of docs/source.md can read all datasets and nothing else. */
@QuarkusTest
@QuarkusTestResource(value = TestServers.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = ReadingUser.class, restrictToAnnotatedClass = true)
@TestProfile(SourceRightsReadingUserTest.Profile.class)
class SourceRightsReadingUserTest {

    /** A profile of its own, so that the application starts with that user. */
    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return new HandDriven().getConfigOverrides();
        }
    }

    @Inject
    World world;

    @Inject
    Datasets datasets;

    @Inject
    Definitions definitions;

    @Inject
    SourceRights rights;

    @Inject
    @ReactiveDataSource("source")
    Pool source;

    @Inject
    Pool own;

    private TenantRow tenant;

    @BeforeEach
    void aTenant() {
        tenant = world.tenant();
        world.figures(tenant);
    }

    @Test
    void theBuiltInDefinitionsCanBeRead() {
        assertThat(definitions.all()).isNotEmpty().allSatisfy(
                definition -> assertThat(get(datasets.read(definition, parameters())).datasets()).hasSameSizeAs(definition.datasets()));
        assertThat(get(datasets.read(definitions.find("weekly-business").orElseThrow(), parameters())).datasets().get("kpis")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SELECT COUNT(*) FROM job WHERE :tenant <> ''",
        "SELECT address FROM delivery WHERE :tenant <> ''",
        "SELECT email FROM recipient WHERE :tenant <> ''",
        "SELECT reply_to FROM tenant WHERE slug = :tenant",
        "SELECT user FROM mysql.user WHERE :tenant <> ''"})
    void aForbiddenTableFailsTheReportWithTheServersError(String sql) {
        assertThatThrownBy(() -> get(datasets.read(definition(sql), parameters())))
                .isInstanceOf(DatasetException.class)
                .hasMessageMatching("(?s)d/rows\\.sql(:\\d+)?: SELECT command denied for (?:table|column) [^@]* \\(114[23]\\)");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SELECT :tenant; SELECT 2", "SELECT :tenant; DROP TABLE metric", "SELECT :tenant; COMMIT; SELECT 1",
        "SELECT slug FROM tenant WHERE slug = :tenant INTO OUTFILE '/tmp/weekly-outfile'"})
    void aSecondStatementAndAFileOfTheServerAreRefusedWhenTheDefinitionIsLoaded(String sql) {
        assertThat(DefinitionLoader.load("d", files(sql))).isInstanceOf(BrokenDefinition.class);
    }

    @Test
    void thisUserCausesNoWarningAndTheServicesOwnUserDoes() {
        assertThat(get(rights.beyondReading()).user()).startsWith(SourceUser.NAME + "@");
        assertThat(get(rights.beyondReading()).rights()).isEmpty();
        assertThat(get(new SourceRights(own).beyondReading()).rights()).isNotEmpty();
    }

    private DatasetParameters parameters() {
        return new DatasetParameters(tenant.slug(), "u-1", List.of(), World.WEEK.monday(), ZoneId.of("Europe/Vienna"));
    }

    private static Definition definition(String sql) {
        return (Definition) DefinitionLoader.load("d", files(sql));
    }

    private static Map<String, String> files(String sql) {
        return Map.of(
                "report.yaml", "title: T\nmail: {subject: s}", "rows.sql", sql, "report.css", "p { margin: 0 }",
                "report.html", "<html><body>{#for row in rows}x{/for}</body></html>", "mail.html", "<html></html>", "mail.txt", "t");
    }
}
