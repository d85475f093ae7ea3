package io.gatehouse.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import io.gatehouse.server.gate.Permitted;

import org.junit.jupiter.api.Test;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/** The rooms of the broker: who may know whom, and which library belongs to which room. */
class ArchitectureTest {
    private static final String ROOT = "io.gatehouse.server";
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(place -> !place.contains("/test-classes/"))
                    .importPackages(ROOT);

    /** The arrows between rooms. A new one is a decision: draw it in docs/explanation too. */
    private static final Map<String, Set<String>> ARROWS =
            Map.ofEntries(
                    Map.entry("fault", Set.of()),
                    Map.entry("kind", Set.of()),
                    Map.entry("secret", Set.of("fault")),
                    Map.entry("auth", Set.of("fault")),
                    Map.entry("wire", Set.of("fault")),
                    Map.entry("meter", Set.of()),
                    Map.entry("audit", Set.of()),
                    Map.entry("traffic", Set.of()),
                    Map.entry("trace", Set.of()),
                    Map.entry("directory", Set.of("kind", "secret", "auth")),
                    Map.entry("gate", Set.of("directory", "auth", "fault", "kind")),
                    Map.entry("pool", Set.of("directory", "kind", "secret", "fault", "meter")),
                    Map.entry("execute", Set.of("gate", "pool", "kind", "fault", "directory")),
                    Map.entry(
                            "session",
                            Set.of(
                                    "wire",
                                    "gate",
                                    "pool",
                                    "execute",
                                    "recall",
                                    "directory",
                                    "auth",
                                    "fault",
                                    "kind")),
                    Map.entry("recall", Set.of("execute", "gate", "pool", "fault")),
                    Map.entry("net", Set.of("wire", "auth", "session", "pool", "fault", "secret")),
                    Map.entry("config", Set.of("directory", "kind", "secret", "fault", "auth")),
                    Map.entry("admin", Set.of("session", "pool", "meter")),
                    Map.entry(
                            "boot",
                            Set.of(
                                    "fault",
                                    "kind",
                                    "secret",
                                    "auth",
                                    "wire",
                                    "meter",
                                    "audit",
                                    "traffic",
                                    "trace",
                                    "directory",
                                    "gate",
                                    "pool",
                                    "execute",
                                    "recall",
                                    "session",
                                    "net",
                                    "config",
                                    "admin")));

    @Test
    void roomsFormAGraphWithoutCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void roomsKnowOnlyTheRoomsTheyAreDrawnTo() {
        classes()
                .should(
                        new ArchCondition<JavaClass>("follow the arrows") {
                            @Override
                            public void check(JavaClass origin, ConditionEvents events) {
                                String from = room(origin);
                                origin.getDirectDependenciesFromSelf()
                                        .forEach(d -> {
                                            String to = room(d.getTargetClass());
                                            if (!to.isEmpty()
                                                    && !to.equals(from)
                                                    && !ARROWS.getOrDefault(from, Set.of())
                                                            .contains(to)) {
                                                events.add(
                                                        SimpleConditionEvent.violated(
                                                                d, d.getDescription()));
                                            }
                                        });
                            }
                        })
                .check(CLASSES);
    }

    private static String room(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(ROOT + ".")) {
            return "";
        }
        String rest = name.substring(ROOT.length() + 1);
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    @Test
    void librariesBelongToRooms() {
        only("net", "io.netty.channel..", "io.netty.handler..", "io.netty.bootstrap..");
        only(Set.of("net", "wire"), "io.netty.buffer..");
        only("pool", "com.zaxxer.hikari..");
        only(Set.of("pool", "execute", "boot"), "java.sql..");
        only("config", "org.snakeyaml..");
        only(Set.of("secret", "auth", "net"), "javax.crypto..", "org.bouncycastle..");
        only("meter", "io.micrometer..");
        only("gate", "io.github.bucket4j..");
        only(Set.of("trace", "boot"), "java.net.http..");
        only("boot", "picocli..", "io.gatehouse.jdbc..");
    }

    private static void only(String room, String... packages) {
        only(Set.of(room), packages);
    }

    private static void only(Set<String> rooms, String... packages) {
        noClasses()
                .that(
                        DescribedPredicate.describe(
                                "are outside of " + rooms, c -> !rooms.contains(room(c))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .check(CLASSES);
    }

    @Test
    void onlyTheGateMakesAPermittedStatement() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".gate")
                .should()
                .callConstructorWhere(
                        DescribedPredicate.describe(
                                "makes a Permitted",
                                call -> call.getTargetOwner().isEquivalentTo(Permitted.class)))
                .check(CLASSES);
    }

    @Test
    void databaseErrorsStayInTheRoomsOfTheDatabase() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".net", ROOT + ".session", ROOT + ".gate")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(SQLException.class)
                .check(CLASSES);
    }

    @Test
    void classesAreClosed() {
        classes()
                .that()
                .areTopLevelClasses()
                .and()
                .areNotInterfaces()
                .and()
                .doNotHaveSimpleName("package-info")
                .should(
                        new ArchCondition<JavaClass>("be final, sealed, a record or an enum") {
                            @Override
                            public void check(JavaClass type, ConditionEvents events) {
                                boolean open =
                                        !type.getModifiers().contains(JavaModifier.FINAL)
                                                && !type.isEnum()
                                                && !type.reflect().isSealed();
                                if (open) {
                                    events.add(
                                            SimpleConditionEvent.violated(
                                                    type, type.getName() + " is open"));
                                }
                            }
                        })
                .check(CLASSES);
    }

    @Test
    void onlyBootKnowsTheProcess() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".boot")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .check(CLASSES);
    }
}
