package io.gatehouse.server.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.server.testing.PsqlProgram;
import io.gatehouse.server.testing.TestBroker;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Locale;

/** Every command of psql that looks at the catalogue is allowed for somebody who may only read. */
@Timeout(120)
class PsqlReaderTest {
    private static final List<String> COMMANDS =
            List.of(
                    "\\d \\d+ \\dS \\dS+ \\d pr.tree \\d+ pr.tree \\d pr.leaf \\d+ pr.leaves",
                    "\\d pr.tree_pkey \\d pr.seq \\d pr.shown \\d+ pr.kept \\d pr.pair",
                    "\\d pg_class \\d+ pg_type \\d pr.* \\d+ pr.*",
                    "\\da \\da+ \\daS \\dA \\dA+ \\dAc \\dAc+ \\dAf \\dAf+ \\dAo \\dAo+ \\dAp",
                    "\\dAp+ \\db \\db+ \\dc \\dc+ \\dcS \\dconfig \\dconfig+ \\dconfig *work*",
                    "\\dC \\dC+ \\dd \\ddS \\dD \\dD+ \\dDS \\ddp \\dE \\dE+ \\des \\des+ \\det",
                    "\\det+ \\deu \\deu+ \\dew \\dew+ \\df \\df+ \\dfS \\dfa \\dfn \\dfp \\dft",
                    "\\dfw \\df+ pr.* \\dfS+ pg_catalog.lower \\dF \\dF+ \\dFd \\dFd+ \\dFp",
                    "\\dFp+ \\dFt \\dFt+ \\dg \\dg+ \\dgS \\di \\di+ \\diS \\dm \\dm+ \\dn \\dn+",
                    "\\dnS \\dnS+ \\do \\doS \\doS+ \\dO \\dO+ \\dOS \\dp \\dp pr.* \\dP \\dP+",
                    "\\dPn \\dPi \\dPt+ \\dPi+ \\drds \\dRp \\dRp+ \\dRs \\dRs+ \\ds \\ds+ \\dsS",
                    "\\dt \\dt+ \\dtS \\dtS+ \\dt pr.* \\dtvmsE \\dT \\dT+ \\dTS \\dTS+ \\du \\du+",
                    "\\duS \\dv \\dv+ \\dvS \\dvS+ \\dx \\dx+ \\dX \\dX+ \\dy \\dy+ \\l \\l+ \\l"
                            + " post*",
                    "\\z \\z pr.* \\sf pr.double \\sf+ pr.double \\sv pr.shown \\sv+ pr.shown",
                    "\\dl \\dl+ \\lo_list \\lo_list+ \\encoding \\conninfo");

    private static final TestBroker.Database POSTGRES = TestBroker.Database.postgres();

    /** Hides values of every table that is looked at. */
    private static final String MASKS =
            """
            policy: 1
            default: allow
            rules:
              - name: personal
                unless: {users: [other]}
                masks:
                  - {columns: [pr.tree.n, tree.p, "leaf*.id"], with: null}
                  - {columns: ["shown.n", kept.count], with: hash}
            """;

    @BeforeAll
    static void make() throws Exception {
        assumeTrue(PsqlProgram.present(), "psql is not on the PATH");
        POSTGRES.prepare(
                "drop schema if exists pr cascade",
                "create schema pr",
                "create type pr.mood as enum ('sad', 'glad')",
                "create type pr.pair as (a int, b text)",
                "create domain pr.small as int check (value < 10)",
                "create sequence pr.seq",
                "create table pr.tree (id int primary key default nextval('pr.seq'), m pr.mood,"
                        + " s pr.small, p pr.pair, n text collate \"C\", unique (n, id),"
                        + " check (id > 0))",
                "create table pr.leaf (id serial primary key, tree int references pr.tree"
                        + " on delete cascade, g int generated always as (tree * 2) stored)",
                "create table pr.leaves (id int, k int) partition by range (k)",
                "create table pr.leaves1 partition of pr.leaves for values from (0) to (9)",
                "create index on pr.tree (lower(n)) where id > 5",
                "insert into pr.tree (n) values ('secret')",
                "create view pr.shown as select id, n from pr.tree",
                "create materialized view pr.kept as select count(*) from pr.tree",
                "create statistics pr.stats on id, n from pr.tree",
                "create function pr.double(int) returns int language sql as 'select $1 * 2'",
                "create function pr.touched() returns trigger language plpgsql as"
                        + " 'begin return new; end'",
                "create trigger touch before update on pr.tree for each row execute function"
                        + " pr.touched()",
                "create rule nothing as on delete to pr.leaf do instead nothing",
                "alter table pr.tree enable row level security",
                "create policy mine on pr.tree using (id > 0)",
                "comment on table pr.tree is 'a tree'",
                "comment on column pr.tree.n is 'its name'",
                "grant select on pr.tree to public");
    }

    @AfterAll
    static void drop() throws Exception {
        POSTGRES.prepare("drop schema if exists pr cascade");
    }

    @Test
    void everyLookAtTheCatalogueIsAllowed() throws Exception {
        int commands = 0;
        try (TestBroker broker = TestBroker.forReaders().serve("pg", POSTGRES, 2)) {
            for (String line : COMMANDS) {
                List<String> said = List.of(line.split(" (?=\\\\)"));
                commands += said.size();
                String answer = PsqlProgram.run(broker, "pg", said);
                assertThat(answer).as(line).doesNotContain("42501");
                // An older psql asks for columns that a newer server no longer has.
                assertThat(answer.lines().filter(l -> l.matches("ERROR: (?! 42703).*")))
                        .as(line)
                        .isEmpty();
            }
            int statements = broker.statements().size();
            System.out.printf(
                    Locale.ROOT, "%d commands of psql, %d statements%n", commands, statements);
            assertThat(commands).isGreaterThan(140);
            assertThat(statements).isGreaterThan(200);
            assertThat(broker.statements()).allMatch(e -> e.allowed());
        }
    }

    @Test
    void masksHideNothingOfTheCatalogue() throws Exception {
        try (TestBroker broker = TestBroker.with(MASKS).serve("pg", POSTGRES, 2)) {
            for (String line : COMMANDS) {
                List<String> said = List.of(line.split(" (?=\\\\)"));
                assertThat(PsqlProgram.run(broker, "pg", said))
                        .as(line)
                        .isEqualTo(
                                PsqlProgram.run(broker, "pg", said, "-U", "other")
                                        .replace("as user \"other\"", "as user \"tester\""));
            }
            assertThat(broker.statements()).allMatch(e -> e.allowed());
            List<String> rows = List.of("table pr.tree", "select * from pr.shown");
            assertThat(PsqlProgram.run(broker, "pg", rows, "-At"))
                    .startsWith("1||||\n1|")
                    .doesNotContain("secret");
        }
    }
}
