package io.gatehouse.policy.yaml;

import io.gatehouse.policy.cel.Compiled;
import io.gatehouse.policy.cel.Expressions;
import io.gatehouse.policy.cel.Fault;
import io.gatehouse.policy.rule.Expression;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads an expression; its faults are told where they stand in the file. */
final class ExpressionReader {
    private final Places places;

    ExpressionReader(Places places) {
        this.places = places;
    }

    @Nullable Expression read(Node node) {
        String text = places.text(node, "when");
        if (text == null) {
            return null;
        }
        Compiled compiled = Expressions.compile(text);
        for (Fault fault : compiled.faults()) {
            complain((ScalarNode) node, fault);
        }
        return compiled.expression();
    }

    private void complain(ScalarNode node, Fault fault) {
        int line = Places.line(node);
        int column = Places.column(node);
        switch (style(node)) {
            case LITERAL -> {
                line += fault.line();
                column = places.indent(line) + fault.column() + 1;
            }
            case PLAIN -> column += fault.column();
            case QUOTED -> column += 1 + fault.column();
            case FOLDED -> {}
        }
        places.complain(line, column, "when: " + fault.message());
    }

    /** How a text is written, as far as its characters can be found again. */
    private enum Style {
        PLAIN,
        QUOTED,
        LITERAL,
        /** Over several lines that became one: only where it begins is known. */
        FOLDED
    }

    private static Style style(ScalarNode node) {
        ScalarStyle style = node.getScalarStyle();
        if (style == ScalarStyle.LITERAL) {
            return Style.LITERAL;
        }
        int last = node.getEndMark().map(m -> m.getLine() + 1).orElse(0);
        if (style == ScalarStyle.FOLDED || last != Places.line(node)) {
            return Style.FOLDED;
        }
        return style == ScalarStyle.PLAIN ? Style.PLAIN : Style.QUOTED;
    }
}
