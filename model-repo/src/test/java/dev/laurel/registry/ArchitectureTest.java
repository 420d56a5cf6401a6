package dev.laurel.registry;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.core.domain.properties.HasReturnType.Predicates.rawReturnType;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = {"dev.laurel.registry", "dev.laurel.git"},
        importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final DescribedPredicate<JavaClass> OF_JGIT = resideInAPackage("org.eclipse.jgit..");

    @ArchTest
    static final ArchRule onlyTheGitPackagesKnowJGitAndItsCryptography = noClasses()
            .that()
            .resideOutsideOfPackage("dev.laurel.git..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.jgit..", "org.apache.sshd..", "org.bouncycastle..");

    /** The packages hand them to each other. */
    @ArchTest
    static final ArchRule noTypeOfJGitLeavesTheGitPackages = noClasses()
            .that()
            .resideOutsideOfPackage("dev.laurel.git..")
            .should()
            .callCodeUnitWhere(target(rawReturnType(OF_JGIT)))
            .orShould()
            .callCodeUnitWhere(target(rawParameterTypes(anyElementThat(OF_JGIT))));

    @ArchTest
    static final ArchRule gitKnowsNothingOfTheRegistry = noClasses()
            .that()
            .resideInAPackage("dev.laurel.git..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.laurel.registry..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.laurel.(**)").should().beFreeOfCycles();
}
