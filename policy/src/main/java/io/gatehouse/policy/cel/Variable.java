package io.gatehouse.policy.cel;

import io.gatehouse.policy.fact.Access;
import io.gatehouse.policy.fact.ColumnName;
import io.gatehouse.policy.fact.Relation;
import io.gatehouse.policy.rule.FactName;
import io.gatehouse.policy.rule.Scene;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What an expression can name. The reference page lists each one. */
public enum Variable {
    USER(Type.TEXT, s -> s.asker().user()),
    GROUPS(Type.TEXTS, s -> sorted(s.asker().groups())),
    ROLE(Type.TEXT, s -> s.asker().role()),
    ADDRESS(Type.TEXT, s -> s.asker().address()),
    APPLICATION(Type.TEXT, s -> s.asker().application()),
    DOOR(Type.TEXT, s -> s.asker().door()),
    CONNECTION(Type.TEXT, s -> s.asker().connection()),
    LABELS(Type.TEXTS, s -> sorted(s.asker().labels())),
    DIALECT(Type.TEXT, s -> key(s.text().dialect())),
    NOW(Type.TIME, Scene::now),
    STATEMENTS(Type.NUMBER, s -> (long) s.text().statements().size()),
    VERB(Type.TEXT, s -> key(s.statement().verb())),
    VERBS(Type.TEXTS, s -> s.statement().verbs().stream().map(Variable::key).sorted().toList()),
    READS(Type.TEXTS, s -> relations(s, Access.READ)),
    WRITES(Type.TEXTS, s -> relations(s, Access.WRITE)),
    COLUMNS(Type.TEXTS, Variable::columns),
    ALL_COLUMNS_KNOWN(Type.TRUTH, s -> s.statement().columns().complete()),
    FUNCTIONS(Type.TEXTS, s -> sorted(s.statement().functions())),
    FACTS(Type.TEXTS, Variable::facts),
    UNDERSTOOD(Type.TRUTH, s -> s.statement().understood()),
    STATEMENT(Type.TEXT, s -> s.text().normalized()),
    FINGERPRINT(Type.TEXT, s -> s.text().fingerprint());

    /** The types of the expressions' language. */
    public enum Type {
        TEXT("string"),
        TEXTS("list(string)"),
        NUMBER("int"),
        TRUTH("bool"),
        TIME("timestamp");

        private final String key;

        Type(String key) {
            this.key = key;
        }

        /** The name in the expressions' language. */
        public String key() {
            return key;
        }
    }

    private final Type type;
    private final Function<Scene, Object> value;

    Variable(Type type, Function<Scene, Object> value) {
        this.type = type;
        this.value = value;
    }

    /** The name in expressions. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it is. */
    public Type type() {
        return type;
    }

    Object in(Scene scene) {
        return value.apply(scene);
    }

    private static String key(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<String> sorted(Collection<String> texts) {
        return texts.stream().sorted().toList();
    }

    private static List<String> relations(Scene scene, Access access) {
        return scene.statement().relations().stream()
                .filter(r -> r.access() == access)
                .map(Variable::name)
                .toList();
    }

    private static String name(Relation relation) {
        return relation.schema().isEmpty()
                ? relation.name()
                : relation.schema() + "." + relation.name();
    }

    private static List<String> columns(Scene scene) {
        List<String> names = new ArrayList<>();
        for (ColumnName column : scene.statement().columns().named()) {
            String table = column.table().isEmpty() ? "" : column.table() + ".";
            names.add(table + column.name());
        }
        return names.stream().sorted().toList();
    }

    private static List<String> facts(Scene scene) {
        List<String> names = new ArrayList<>();
        for (FactName fact : FactName.values()) {
            if ((scene.holding() & fact.bit()) != 0) {
                names.add(fact.key());
            }
        }
        return names;
    }
}
