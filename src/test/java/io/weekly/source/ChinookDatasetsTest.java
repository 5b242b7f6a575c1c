package io.weekly.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.weekly.definition.Definition;
import io.weekly.definition.Definitions;
import io.weekly.dev.DatabaseServer;
import io.weekly.testing.Chinook;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The definition of docs/your-own-report.md on its own database, compared with sums that are computed in another way. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ChinookDatasetsTest {
    private static final List<String> AGENTS = List.of("3", "4", "5");
    private static final LocalDate MONDAY = LocalDate.of(2024, 3, 25);

    private final Definition definition =
            new Definitions(Optional.of(Path.of("src/test/resources/definitions"))).find("chinook-sales").orElseThrow();

    @Inject Datasets datasets;

    @ConfigProperty(name = "quarkus.datasource.reactive.url") URI server;
    @ConfigProperty(name = "quarkus.datasource.username") String user;
    @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password;

    private Connection connection;

    @BeforeEach
    void loadTheShop() throws SQLException {
        Chinook.orSkip("the figures of the walk-through's report").run(server.getHost(), server.getPort(), user, password.orElse(""));
        connection = DriverManager.getConnection(
                "jdbc:mysql://%s:%d/Chinook".formatted(server.getHost(), server.getPort()), user, password.orElse(""));
    }

    @AfterEach
    void dropTheShop() throws SQLException {
        if (connection != null) {
            connection.close();
            DatabaseServer.execute(server.getHost(), server.getPort(), user, password.orElse(""), "DROP DATABASE Chinook");
        }
    }

    @Test
    void theFiguresOfAnAgentAreTheSumsOfTheirInvoices() throws SQLException {
        for (var agent : AGENTS) {
            var figures = read("chinook", agent, MONDAY);

            var week = invoices(agent, MONDAY);
            var before = invoices(agent, MONDAY.minusWeeks(1));
            var kpis = figures.get("kpis").stream().collect(Collectors.toMap(row -> row.get("metric"), row -> row));
            assertThat(week).as("sales of agent " + agent + ", or this test shows nothing").isNotEmpty();
            assertThat(total(List.of(kpis.get("sales")), "value")).isEqualByComparingTo(sum(week));
            assertThat(total(List.of(kpis.get("sales")), "previous")).isEqualByComparingTo(sum(before));
            assertThat(total(List.of(kpis.get("invoices")), "value").intValueExact()).isEqualTo(week.size());
            assertThat(total(List.of(kpis.get("invoices")), "previous").intValueExact()).isEqualTo(before.size());
            assertThat(figures.get("days")).hasSize(7);
            assertThat(total(figures.get("days"), "value")).isEqualByComparingTo(sum(week));
            assertThat(total(figures.get("days"), "previous")).isEqualByComparingTo(sum(before));
            assertThat(total(figures.get("genres"), "value")).isEqualByComparingTo(sum(week));
            assertThat(total(figures.get("buyers"), "value")).isEqualByComparingTo(sum(week));
            assertThat(figures.get("trend")).hasSize(8).allSatisfy(row -> assertThat((BigDecimal) row.get("value"))
                    .isEqualByComparingTo(sum(invoices(agent, (LocalDate) row.get("monday")))));
        }
    }

    @Test
    void anAgentSeesOnlyTheirOwnCustomers() throws SQLException {
        for (var monday = LocalDate.of(2025, 1, 6); monday.isBefore(LocalDate.of(2025, 12, 29)); monday = monday.plusWeeks(4)) {
            for (var agent : AGENTS) {
                var figures = read("chinook", agent, monday);

                var own = column("SELECT CONCAT(FirstName, ' ', LastName) FROM Customer WHERE SupportRepId = " + agent);
                assertThat(figures.get("quiet")).isNotEmpty().allSatisfy(row -> assertThat(own).contains((String) row.get("name")));
                assertThat(figures.get("buyers")).allSatisfy(row -> assertThat(own).contains((String) row.get("name")));
            }
        }
    }

    @Test
    void anotherTenantOrASimilarUserIdSeesNothing() {
        for (var stranger : List.of("2", "3abc", " 3", "03", "3.0")) {
            assertNothing(read("chinook", stranger, MONDAY));
        }
        assertNothing(read("acme", "3", MONDAY));
    }

    private Map<String, List<Map<String, Object>>> read(String tenant, String recipient, LocalDate monday) {
        var parameters = new DatasetParameters(tenant, recipient, List.of(), monday, ZoneId.of("America/Edmonton"));
        return World.get(datasets.read(definition, parameters)).datasets();
    }

    private static void assertNothing(Map<String, List<Map<String, Object>>> figures) {
        assertThat(figures).allSatisfy((dataset, rows) -> assertThat(rows).as(dataset).allSatisfy(row ->
                assertThat(row.values()).allMatch(value -> value == null || value instanceof LocalDate
                        || value.equals(BigDecimal.ZERO.setScale(2))
                        || value.equals(BigDecimal.ZERO))));
        assertThat(figures.get("kpis")).isEmpty();
        assertThat(figures.get("buyers")).isEmpty();
        assertThat(figures.get("quiet")).isEmpty();
    }

    /** The totals of one agent's invoices in seven days. The SQL has no join and no grouping; the test does the rest. */
    private List<BigDecimal> invoices(String agent, LocalDate monday) {
        try {
            var customers = String.join(", ", column("SELECT CustomerId FROM Customer WHERE SupportRepId = " + agent));
            return column("SELECT Total FROM Invoice WHERE CustomerId IN (%s) AND InvoiceDate BETWEEN '%s' AND '%s 23:59:59'"
                    .formatted(customers, monday, monday.plusDays(6))).stream().map(BigDecimal::new).toList();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> column(String sql) throws SQLException {
        var values = new ArrayList<String>();
        try (var rows = connection.createStatement().executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private static BigDecimal sum(List<BigDecimal> values) {
        return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal total(List<Map<String, Object>> rows, String column) {
        return sum(rows.stream().map(row -> row.get(column)).filter(Objects::nonNull)
                .map(value -> new BigDecimal(value.toString())).toList());
    }
}
