package io.weekly;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.metaAnnotatedWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.enterprise.context.NormalScope;
import jakarta.inject.Scope;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which package may use which others, and rules for names and resources. Reads the compiled classes without those of dev mode. */
class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .importPath(Paths.get("target/classes/io/weekly"))
            .that(not(resideInAPackage("io.weekly.dev..")));

    private static final String RENDER = "io.weekly.render.";
    private static final List<String> ROLE_ANNOTATIONS = List.of("ForEveryone", "ForViewers", "ForTenantAdmins", "ForOperators");

    /**
     * Each package and the packages that it uses, in the order of the layers: a package uses only packages above it. So there is no cycle.
     * The test names the line to change. {@code dev} is not in the table, because it is no part of the product.
     */
    private static final String ARROWS = """
        text                 ->
        database             ->
        ops                  -> database
        audit                -> database
        keys                 -> audit database
        audit.seal           -> audit database keys
        store                -> audit
        store.encryption     -> audit database keys store
        render.text          -> text
        tenant.constraint    -> text
        tenant               -> audit database keys render.text tenant.constraint text
        access               -> audit database tenant
        access.link          -> access audit database keys tenant
        queue                -> audit database
        delivery.reply       -> text
        delivery             -> audit database delivery.reply text
        (root)               -> access audit.seal delivery keys store.encryption text
        delivery.suppression -> audit database keys tenant text
        report               -> audit database delivery queue tenant text
        delivery.inbound     -> audit database delivery delivery.reply delivery.suppression report text
        webhook              -> audit database keys tenant text
        render               ->
        render.image         -> render
        render.svg           -> render render.image render.text
        render.brand         -> render render.image render.svg render.text text
        tenant.logo          -> audit database render.brand tenant text
        render.chart         -> render.brand render.text text
        render.sheet         -> render render.brand render.text text
        render.template      -> render render.brand render.chart render.text text
        render.pdf           -> render render.brand render.image render.svg render.text text
        definition           -> audit render render.brand render.sheet render.template render.text report text
        source               -> database definition
        run                  -> audit database definition delivery queue report source tenant text
        schedule             -> audit database report run tenant tenant.constraint text
        owner                -> audit database delivery delivery.inbound delivery.reply delivery.suppression queue report run schedule \
                tenant text
        retention            -> access.link audit database delivery delivery.suppression owner report run schedule store \
            store.encryption tenant
        worker               -> access.link audit database definition delivery delivery.reply delivery.suppression queue render \
            render.brand render.pdf render.template render.text report source store store.encryption tenant tenant.logo text
        api.http             -> access audit keys report tenant text
        api.upload           -> api.http text
        api.request          -> access api.http definition report tenant text
        api.page             -> access api.http delivery.suppression render.brand render.text text
        api                  -> access access.link api.http api.page api.request api.upload audit audit.seal definition delivery \
            delivery.inbound delivery.suppression keys owner queue render.sheet report retention run schedule store store.encryption \
            tenant tenant.constraint tenant.logo text webhook
        api.description      ->
        """;

    /** The types of {@code render} that other packages use. All its other types are its own, although some of them are public. */
    private static final String TYPES_OF_RENDER = """
        render.RenderException
        render.RenderStopped
        render.brand.Brand
        render.brand.LogoImage
        render.pdf.Pdf
        render.pdf.PdfFile
        render.sheet.ColumnFormat
        render.sheet.Csv
        render.sheet.Table
        render.sheet.Xlsx
        render.template.DataReference
        render.template.ReportTemplate
        render.text.DateFormats
        render.text.Formats
        render.text.MissingCharacters
        render.text.ReaderLanguage
        render.text.ServiceMessages
        render.text.TextEscapes
        """;

    @Test
    void packagesUseWhatTheTableAllowsAndTheTableAllowsNothingElse() {
        assertThat(PackageArrows.faults(ARROWS, PackageArrows.uses(OURS))).isEmpty();
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.weekly.(**)").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void otherPackagesUseTheListedTypesOfRenderAndTheListHasNoOthers() {
        var used = OURS.stream()
                .filter(type -> !type.getName().startsWith(RENDER))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getBaseComponentType().getName())
                .filter(name -> name.startsWith(RENDER))
                .map(name -> name.substring("io.weekly.".length()).replaceFirst("\\$.*", ""))
                .collect(toCollection(TreeSet::new));

        assertThat(used).as("TYPES_OF_RENDER: add the lines that were not expected, remove the lines that were not found")
                .containsExactlyInAnyOrderElementsOf(TYPES_OF_RENDER.lines().toList());
    }

    @Test
    void queueReportStoreAndDeliveryDoNotUseTheCodeThatStartsThem() {
        noClasses().that().resideInAnyPackage("io.weekly.queue..", "io.weekly.report..", "io.weekly.store..", "io.weekly.delivery..")
                .should().dependOnClassesThat()
                .resideInAnyPackage("io.weekly.api..", "io.weekly.dashboard..", "io.weekly.ops..", "io.weekly.worker..",
                        "io.weekly.run..", "io.weekly.schedule..", "io.weekly.access..")
                .check(OURS);
    }

    @Test
    void noOtherPackageUsesTheApi() {
        noClasses().that().resideOutsideOfPackage("io.weekly.api..")
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

    /** After a deadlock it would commit its other rows outside of their transaction: {@link io.weekly.database.Batch}. */
    @Test
    void noClassUsesTheBatchOfTheDatabaseClient() {
        noClasses().should().callMethodWhere(target(nameMatching("executeBatch.*")))
                .check(OURS);
    }

    @Test
    void theProductDoesNotUseDevMode() {
        noClasses().should().dependOnClassesThat().resideInAPackage("io.weekly.dev..")
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
    void everyMethodOfAResourceHasARoleAnnotation() {
        var roleAnnotation = DescribedPredicate.<JavaAnnotation<?>>describe(
                "a role annotation (@ForEveryone, @ForViewers, @ForTenantAdmins or @ForOperators)",
                annotation -> ROLE_ANNOTATIONS.contains(annotation.getRawType().getSimpleName()));
        methods().that().areDeclaredInClassesThat().resideInAPackage("io.weekly.api..")
                .and().areDeclaredInClassesThat().areAnnotatedWith(Path.class)
                .and().areMetaAnnotatedWith(HttpMethod.class)
                .should().beAnnotatedWith(roleAnnotation)
                .orShould().beDeclaredInClassesThat().areAnnotatedWith(roleAnnotation)
                .check(OURS);
    }

    /** A bean that needs more has more than one task, or its collaborators belong together in a class of their own. */
    @Test
    void noBeanHasAConstructorWithMoreThanSevenArguments() {
        constructors().that().areDeclaredInClassesThat(annotatedWith(Path.class)
                        .or(metaAnnotatedWith(Scope.class))
                        .or(metaAnnotatedWith(NormalScope.class)))
                .should().haveRawParameterTypes(describe("at most seven", types -> types.size() <= 7))
                .check(OURS);
    }

    @Test
    void noClassHasANameThatSaysNothing() {
        classes().should().haveNameNotMatching(".*(Impl|Manager|Helper|Util|Utils|Dto|Mapper|Service)")
                .check(OURS);
    }
}
