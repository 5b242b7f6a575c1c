package io.weekly;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.PackageArrows.Use;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackageArrowsTest {

    private static final String TABLE = """
        database           ->
        audit              -> database
        access             -> audit database
        """;

    private static final Use DATABASE = new Use("database", "database", "");
    private static final Use AUDIT_DATABASE = new Use("audit", "database", "AuditTrail uses Database");
    private static final Use ACCESS_DATABASE = new Use("access", "database", "Callers uses Database");
    private static final Use ACCESS_AUDIT = new Use("access", "audit", "Callers uses AuditTrail");

    @Test
    void codeThatAgreesWithTheTableHasNoFaults() {
        assertThat(faults(DATABASE, AUDIT_DATABASE, ACCESS_DATABASE, ACCESS_AUDIT)).isEmpty();
    }

    @Test
    void anArrowThatIsNotInTheTableIsReportedWithItsLine() {
        var wrong = new Use("database", "audit", "Database uses AuditTrail");

        assertThat(faults(DATABASE, wrong, AUDIT_DATABASE, ACCESS_DATABASE, ACCESS_AUDIT)).singleElement().asString()
                .contains("database may not use audit, but Database uses AuditTrail")
                .endsWith("\ndatabase           -> audit");
    }

    @Test
    void anArrowThatNoCodeNeedsIsReportedWithItsLine() {
        assertThat(faults(DATABASE, AUDIT_DATABASE, ACCESS_DATABASE)).singleElement().asString()
                .contains("access does not use audit any more")
                .endsWith("\naccess             -> database");
    }

    @Test
    void aNewPackageAndAMissingOneAreReportedWithTheirLines() {
        var report = new Use("report", "audit", "Reports uses AuditTrail");

        assertThat(faults(DATABASE, AUDIT_DATABASE, report)).satisfiesExactly(
                added -> assertThat(added).contains("The package report is not in the table").endsWith("\nreport             -> audit"),
                removed -> assertThat(removed).contains("no package access").endsWith("\naccess             -> audit database"));
    }

    @Test
    void aPackageUsesOnlyPackagesAboveItAndSoThereIsNoCycle() {
        var table = """
            audit    -> database
            database -> audit
            """;
        var uses = List.of(AUDIT_DATABASE, new Use("database", "audit", "Database uses AuditTrail"));

        assertThat(PackageArrows.faults(table, uses)).singleElement().asString()
                .isEqualTo("audit uses database. Move its line below the line of database. If that is impossible, there is a cycle.");
    }

    private static List<String> faults(Use... uses) {
        return PackageArrows.faults(TABLE, List.of(uses));
    }
}
