package dev.laurel.registry;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.laurel.registry", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule onlyTheGitPackageKnowsJGitAndItsCryptography = noClasses()
            .that()
            .resideOutsideOfPackage("dev.laurel.registry.git")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.jgit..", "org.apache.sshd..", "org.bouncycastle..");

    @ArchTest
    static final ArchRule noTypeOfJGitLeavesTheGitPackage = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideInAPackage("dev.laurel.registry.git")
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .should()
            .haveRawReturnType(not(resideInAPackage("org.eclipse.jgit..")))
            .andShould()
            .notHaveRawParameterTypes(anyElementThat(resideInAPackage("org.eclipse.jgit..")));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.laurel.(**)").should().beFreeOfCycles();
}
