package dev.laurel.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.laurel.cli.output.Errors;
import dev.laurel.cli.output.LogFile;
import dev.laurel.http.ErrorAnswers;
import dev.laurel.program.Program;
import dev.laurel.program.Reason;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The shape of all modules together. What a module may see at all is said by its POM; these rules say the same of packages. */
@AnalyzeClasses(packages = "dev.laurel", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] MODEL = {
        "dev.laurel.model",
        "dev.laurel.program",
        "dev.laurel.yaml",
        "dev.laurel.table",
        "dev.laurel.feature",
        "dev.laurel.task",
        "dev.laurel.split",
        "dev.laurel.definition",
        "dev.laurel.schema",
        "dev.laurel.predictor",
        "dev.laurel.evaluation",
        "dev.laurel.drift",
        "dev.laurel.gate"
    };
    private static final String[] STORE = {"dev.laurel.database", "dev.laurel.store"};
    private static final String[] REGISTRY = {"dev.laurel.registry..", "dev.laurel.git.."};
    /** What callers of the registry may see of it. A new room is closed to them until it stands here. */
    private static final String[] REGISTRY_FOR_CALLERS = {
        "dev.laurel.registry",
        "dev.laurel.registry.outcome",
        "dev.laurel.registry.view",
        "dev.laurel.registry.layout.kustomize",
        "dev.laurel.registry.layout.workflows"
    };

    private static final String[] FORGE = {"dev.laurel.forge"};
    private static final String[] DATA = {"dev.laurel.source.."};
    private static final String[] TRAINER = {
        "dev.laurel.trainer",
        "dev.laurel.run",
        "dev.laurel.learn",
        "dev.laurel.sample",
        "dev.laurel.search",
        "dev.laurel.judge",
        "dev.laurel.propose",
        "dev.laurel.card"
    };
    private static final String[] SERVER = {
        "dev.laurel.bytes",
        "dev.laurel.server",
        "dev.laurel.follow",
        "dev.laurel.front",
        "dev.laurel.predict",
        "dev.laurel.http",
        "dev.laurel.api",
        "dev.laurel.oip",
        "dev.laurel.oip.grpc",
        "dev.laurel.trace",
        "dev.laurel.trace.otlp",
        "dev.laurel.mlflow",
        "dev.laurel.openapi",
        "dev.laurel.live",
        "dev.laurel.feedback",
        "dev.laurel.monitor",
        "dev.laurel.web",
        "dev.laurel.webhook"
    };

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.laurel.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule modulesSeeEachOtherAlongTheArrowsOnly = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("model")
            .definedBy(MODEL)
            .layer("store")
            .definedBy(STORE)
            .layer("data")
            .definedBy(DATA)
            .layer("model-repo")
            .definedBy(REGISTRY)
            .layer("forge")
            .definedBy(FORGE)
            .layer("trainer")
            .definedBy(TRAINER)
            .layer("server")
            .definedBy(SERVER)
            .layer("cli")
            .definedBy("dev.laurel.cli..", "dev.laurel.launch")
            .ensureAllClassesAreContainedInArchitecture()
            .whereLayer("store")
            .mayOnlyBeAccessedByLayers("data", "server", "cli")
            .whereLayer("data")
            .mayOnlyBeAccessedByLayers("trainer", "server", "cli")
            .whereLayer("model-repo")
            .mayOnlyBeAccessedByLayers("forge", "trainer", "server", "cli")
            .whereLayer("forge")
            .mayOnlyBeAccessedByLayers("trainer", "cli")
            .whereLayer("trainer")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("server")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .because("trainer and server never meet: the repository is between them");

    @ArchTest
    static final ArchRule gitEndsInItsPackages = noClasses()
            .that()
            .resideOutsideOfPackage("dev.laurel.git..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jgit..")
            .because("JGit's types would spread through everything that keeps models");

    @ArchTest
    static final ArchRule callersSeeTheRegistryAndWhatComesOfIt = noClasses()
            .that()
            .resideOutsideOfPackages(REGISTRY)
            .should()
            .dependOnClassesThat(
                    resideInAPackage("dev.laurel.registry..").and(not(resideInAnyPackage(REGISTRY_FOR_CALLERS))))
            .because("the rooms behind the registry are public for each other, and change without asking its callers");

    @ArchTest
    static final ArchRule theDriverOfTheDatabaseEndsInOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage("dev.laurel.database")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.postgresql..")
            .because("what it throws is put into words there, and an address with a password is refused there");

    @ArchTest
    static final ArchRule sqlEndsInTheStore = noClasses()
            .that()
            .resideOutsideOfPackages(STORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql", "org.flywaydb..")
            .because("all others say what they want by its types");

    @ArchTest
    static final ArchRule learningLibrariesEndInOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage("dev.laurel.learn")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.tribuo..", "ml.dmlc..")
            .because("what a library has learned is compiled there, and nothing else depends on it");

    @ArchTest
    static final ArchRule httpEndsInTheServer = noClasses()
            .that()
            .resideOutsideOfPackages(SERVER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..")
            .because("only the server answers HTTP; the registry offers plain servlets");

    @ArchTest
    static final ArchRule grpcEndsInOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage("dev.laurel.oip.grpc")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.grpc..", "inference")
            .because("nothing of it is loaded where no port for it is set");

    @ArchTest
    static final ArchRule openTelemetryEndsInOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage("dev.laurel.trace.otlp")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.opentelemetry..")
            .because("nothing of it is loaded where nobody wants spans");

    @ArchTest
    static final ArchRule nothingIsReadByJavaDeserialization = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectInputStream")
            .because("a model file is data from outside");

    /** What Error Prone does not: it sees to formats, to upper and lower case, and to encodings. */
    @ArchTest
    static final ArchRule nothingDependsOnWhereTheMachineStands = noClasses()
            .that()
            .doNotBelongToAnyOf(Program.class)
            .should()
            .callMethodWhere(target(owner(assignableTo(Locale.class))).and(target(nameMatching("[gs]etDefault"))))
            .orShould()
            .callMethodWhere(target(owner(assignableTo(TimeZone.class))).and(target(nameMatching("[gs]etDefault"))))
            .orShould()
            .callMethod(ZoneId.class, "systemDefault")
            .orShould()
            .callMethod(Charset.class, "defaultCharset")
            .orShould()
            .callMethod(DateTimeFormatter.class, "ofPattern", String.class)
            .orShould()
            .callMethodWhere(
                    target(owner(assignableTo(DateTimeFormatter.class))).and(target(nameMatching("ofLocalized.*"))))
            .because("the same rows give the same model in Istanbul, Cairo and Bangkok");

    /** Their text is for whoever wrote the program. Those that are let look at it, or say it without the names in it. */
    @ArchTest
    static final ArchRule whatOthersThrowIsToldByItsReason = noClasses()
            .that(not(belongToAnyOf(Reason.class, Errors.class, LogFile.class, ErrorAnswers.class)))
            .and()
            .doNotHaveSimpleName("CsvLines")
            .and()
            .doNotHaveSimpleName("Failures")
            .and()
            .doNotHaveSimpleName("JsonBody")
            .and()
            .doNotHaveSimpleName("OtlpTracing")
            .and()
            .doNotHaveSimpleName("Upstream")
            .and()
            .doNotHaveSimpleName("YamlErrors")
            .should()
            .callMethodWhere(target(owner(assignableTo(Throwable.class)))
                    .and(target(owner(not(resideInAPackage("dev.laurel..")))))
                    .and(target(nameMatching("getMessage|getLocalizedMessage|getOriginalMessage|toString"))))
            .because("a page, an answer or a line says what happened, and names no class");

    @ArchTest
    static void everyMainFirstMakesTheMachineLikeAnyOther(JavaClasses all) {
        List<JavaMethod> mains = all.stream()
                .flatMap(type -> type.tryGetMethod("main", String[].class).stream())
                .toList();
        assertThat(mains)
                .hasSizeGreaterThanOrEqualTo(6)
                .allSatisfy(main -> assertThat(main.getMethodCallsFromSelf().stream()
                                .min(Comparator.comparing(JavaMethodCall::getLineNumber)))
                        .hasValueSatisfying(
                                first -> assertThat(first.getTargetOwner().isEquivalentTo(Program.class))
                                        .as(main.getFullName())
                                        .isTrue()));
    }

    /** NullAway looks at marked packages only, so that a package without the mark would go unchecked in silence. */
    @ArchTest
    static void everyPackageIsMarkedForNullAway(JavaClasses all) {
        assertThat(all.stream().map(JavaClass::getPackage).distinct())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.isAnnotatedWith(NullMarked.class))
                        .as(each.getName())
                        .isTrue());
    }

    @ArchTest
    static void trainerAndServerEachStartByThemselves(JavaClasses all) {
        assertThat(Stream.of(TRAINER).filter(name -> hasMain(all, name))).containsExactly("dev.laurel.trainer");
        assertThat(Stream.of(SERVER).filter(name -> hasMain(all, name))).containsExactly("dev.laurel.server");
    }

    private static boolean hasMain(JavaClasses all, String packageName) {
        return all.stream()
                .anyMatch(type -> type.getPackageName().equals(packageName)
                        && type.tryGetMethod("main", String[].class).isPresent());
    }
}
