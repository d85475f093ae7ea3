package io.gatehouse.policy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import org.junit.jupiter.api.Test;

/** The rooms of this module and who may use which library. */
class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(place -> !place.contains("/test-classes/"))
                    .importPackages("io.gatehouse.policy");

    @Test
    void roomsAreFreeOfCycles() {
        slices().matching("io.gatehouse.policy(.*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void roomsUseOnlyTheirDrawnNeighbours() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("door")
                .definedBy("io.gatehouse.policy")
                .layer("yaml")
                .definedBy("io.gatehouse.policy.yaml")
                .layer("rule")
                .definedBy("io.gatehouse.policy.rule")
                .layer("sql")
                .definedBy("io.gatehouse.policy.sql")
                .layer("cel")
                .definedBy("io.gatehouse.policy.cel")
                .layer("fact")
                .definedBy("io.gatehouse.policy.fact")
                .whereLayer("door")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("yaml")
                .mayOnlyBeAccessedByLayers("door")
                .whereLayer("sql")
                .mayOnlyBeAccessedByLayers("door")
                .whereLayer("rule")
                .mayOnlyBeAccessedByLayers("door", "yaml", "cel")
                .whereLayer("cel")
                .mayOnlyBeAccessedByLayers("yaml")
                .check(CLASSES);
    }

    @Test
    void eachLibraryHasOneRoom() {
        only("net.sf.jsqlparser..", "io.gatehouse.policy.sql");
        only("dev.cel..", "io.gatehouse.policy.cel");
        only("org.snakeyaml..", "io.gatehouse.policy.yaml");
        only("com.github.benmanes.caffeine..", "io.gatehouse.policy");
    }

    private static void only(String library, String room) {
        noClasses()
                .that()
                .resideOutsideOfPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    @Test
    void nothingTalksToTheWorld() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..",
                        "java.net..",
                        "io.netty..",
                        "org.slf4j..",
                        "java.util.logging..")
                .check(CLASSES);
    }
}
