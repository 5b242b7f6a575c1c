package io.weekly;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The arrows of the design, held. Only this project's own classes are read. */
class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter().importPath(Paths.get("target/classes/io/weekly"));

    /** What the innermost packages may use of ours. */
    private static final Map<String, List<String>> ARROWS = Map.of(
            "database", List.of(),
            "audit", List.of("database"),
            "tenant", List.of("audit", "database"),
            "access", List.of("tenant", "audit", "database"),
            "render", List.of());

    @Test
    void packagesDoNotUseEachOtherInCircles() {
        slices().matching("io.weekly.(*)..").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void arrowsPointOneWay() {
        ARROWS.forEach((name, used) -> {
            var others = resideInAPackage("io.weekly.*..")
                    .and(not(resideInAPackage("io.weekly." + name + "..")))
                    .and(not(resideInAPackage("io.weekly.text..")));
            for (var one : used) {
                others = others.and(not(resideInAPackage("io.weekly." + one + "..")));
            }
            noClasses().that().resideInAPackage("io.weekly." + name + "..").should().dependOnClassesThat(others).check(OURS);
        });
    }

    @Test
    void theFirstStagesKnowNothingOfThoseThatStartThem() {
        noClasses().that().resideInAnyPackage("io.weekly.queue..", "io.weekly.report..", "io.weekly.store..", "io.weekly.delivery..")
                .should().dependOnClassesThat()
                .resideInAnyPackage("io.weekly.api..", "io.weekly.dashboard..", "io.weekly.ops..", "io.weekly.worker..",
                        "io.weekly.schedule..", "io.weekly.access..")
                .check(OURS);
    }

    @Test
    void nobodyUsesTheApi() {
        noClasses().that().resideOutsideOfPackages("io.weekly.api..", "io.weekly.dev..")
                .should().dependOnClassesThat().resideInAnyPackage("io.weekly.api..", "io.weekly.dashboard..")
                .check(OURS);
    }

    @Test
    void theApiCannotReachTheDatabase() {
        noClasses().that().resideInAPackage("io.weekly.api..")
                .should().dependOnClassesThat()
                .resideInAnyPackage("io.vertx.mutiny.sqlclient..", "io.vertx.sqlclient..", "io.weekly.database..")
                .check(OURS);
    }

    /** Its rows after a deadlock would be committed outside of their transaction: {@link io.weekly.database.Batch}. */
    @Test
    void nobodyUsesTheClientsOwnBatch() {
        noClasses().that().resideOutsideOfPackage("io.weekly.dev..")
                .should().callMethodWhere(target(nameMatching("executeBatch.*")))
                .check(OURS);
    }

    @Test
    void theProductDoesNotKnowDevMode() {
        noClasses().that().resideOutsideOfPackage("io.weekly.dev..")
                .should().dependOnClassesThat().resideInAPackage("io.weekly.dev..")
                .check(OURS);
    }

    @Test
    void renderingIsPlainJava() {
        noClasses().that().resideInAPackage("io.weekly.render..")
                .should().dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.smallrye.mutiny..", "jakarta.ws.rs..", "java.net.http..", "java.sql..")
                .check(OURS);
    }

    @Test
    void everyResourceHasADoor() {
        var doors = DescribedPredicate.<JavaAnnotation<?>>describe(
                "a door", annotation -> List.of("ForViewers", "ForTenantAdmins", "ForOperators")
                        .contains(annotation.getRawType().getSimpleName()));
        methods().that().areDeclaredInClassesThat().resideInAPackage("io.weekly.api..")
                .and().areDeclaredInClassesThat().areAnnotatedWith(Path.class)
                .and().areMetaAnnotatedWith(HttpMethod.class)
                .should().beAnnotatedWith(doors)
                .orShould().beDeclaredInClassesThat().areAnnotatedWith(doors)
                .check(OURS);
    }

    @Test
    void namesSayWhatAThingIs() {
        classes().that().resideOutsideOfPackage("io.weekly.dev..")
                .should().haveNameNotMatching(".*(Impl|Manager|Helper|Util|Utils|Dto|Mapper|Service)")
                .check(OURS);
    }
}
