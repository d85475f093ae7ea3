package io.gatehouse.jdbc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import org.junit.jupiter.api.Test;

/** Who may know whom: the rooms of the driver have no cycle, and no library but the JDK. */
class ArchitectureTest {
    private static final JavaClasses DRIVER =
            new ClassFileImporter()
                    .importUrl(
                            GatehouseDriver.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation());

    @Test
    void roomsKnowOnlyThoseBelow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("face")
                .definedBy("io.gatehouse.jdbc")
                .layer("session")
                .definedBy("io.gatehouse.jdbc.session")
                .layer("transport")
                .definedBy("io.gatehouse.jdbc.transport")
                .layer("type")
                .definedBy("io.gatehouse.jdbc.type")
                .layer("wire")
                .definedBy("io.gatehouse.jdbc.wire")
                .layer("url")
                .definedBy("io.gatehouse.jdbc.url")
                .layer("fault")
                .definedBy("io.gatehouse.jdbc.fault")
                .whereLayer("face")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("session")
                .mayOnlyBeAccessedByLayers("face")
                .whereLayer("transport")
                .mayOnlyBeAccessedByLayers("session")
                .whereLayer("type")
                .mayOnlyBeAccessedByLayers("face")
                .whereLayer("wire")
                .mayOnlyBeAccessedByLayers("face", "session", "transport", "type")
                .whereLayer("url")
                .mayOnlyBeAccessedByLayers("face", "session", "transport")
                .check(DRIVER);
    }

    @Test
    void onlyTheJdk() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.gatehouse.jdbc..",
                        "java..",
                        "javax..",
                        // java.xml is a module of the JDK.
                        "org.xml.sax",
                        "org.jspecify..")
                .check(DRIVER);
    }

    @Test
    void onlyTransportHasSockets() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.gatehouse.jdbc.transport")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.Socket")
                .check(DRIVER);
    }
}
