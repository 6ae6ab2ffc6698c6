package dev.hemline.benchmarks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The house rules where the quickstart's test cannot see them, because benchmarks come after it. */
@AnalyzeClasses(packages = "dev.hemline.benchmarks", importOptions = DoNotIncludeTests.class)
class BenchmarkRulesTest {
    private static final String PEERS = "dev.hemline.benchmarks.peer..";

    /** Elsewhere DJL stays behind interfaces of ours; here it is what Hemline is compared with. */
    @ArchTest
    static final ArchRule onlyPeersTouchDjl =
            noClasses().that().resideOutsideOfPackage(PEERS).should().dependOnClassesThat(resideInAPackage("ai.djl.."));

    /** A peer is measured, it does not measure; so the next benchmark can use it too. */
    @ArchTest
    static final ArchRule peersKnowNoBenchmark = noClasses()
            .that()
            .resideInAPackage(PEERS)
            .should()
            .dependOnClassesThat(resideInAPackage("dev.hemline.benchmarks..").and(resideOutsideOfPackage(PEERS)));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.hemline.benchmarks.(**)").should().beFreeOfCycles();
}
