package io.gatehouse.policy.sql;

import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.BooleanValue;
import net.sf.jsqlparser.expression.DoubleValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.Between;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ExistsExpression;
import net.sf.jsqlparser.expression.operators.relational.GreaterThan;
import net.sf.jsqlparser.expression.operators.relational.GreaterThanEquals;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.IsBooleanExpression;
import net.sf.jsqlparser.expression.operators.relational.IsDistinctExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.expression.operators.relational.MinorThan;
import net.sf.jsqlparser.expression.operators.relational.MinorThanEquals;
import net.sf.jsqlparser.expression.operators.relational.NotEqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;

import java.util.List;

/**
 * Folds a condition. A condition that looks at no column is taken for true unless it is provably
 * false: it does not bound anything row by row.
 */
enum Truth {
    TRUE,
    FALSE,
    DEPENDS;

    /**
     * @param draft told where it was the value of a literal that decided
     */
    static Truth of(Expression condition, Draft draft) {
        return switch (condition) {
            case AndExpression and ->
                    of(and.getLeftExpression(), draft).and(of(and.getRightExpression(), draft));
            case OrExpression or -> or(or, draft);
            case NotExpression not -> of(not.getExpression(), draft).negated();
            case ParenthesedExpressionList<?> list when list.size() == 1 ->
                    of((Expression) list.getFirst(), draft);
            case BooleanValue value -> value.getValue() ? TRUE : FALSE;
            case NullValue value -> FALSE;
            case LongValue value -> number(value, draft) == 0 ? FALSE : TRUE;
            case Column column when column.getTable() == null -> word(column.getColumnName());
            case Column column -> DEPENDS;
            case IsBooleanExpression is -> inner(is, of(is.getLeftExpression(), draft));
            case ExistsExpression exists -> exists(exists);
            case IsNullExpression isNull -> constant(isNull, isNull.isNot() ? TRUE : FALSE);
            case IsDistinctExpression distinct -> distinct(distinct);
            case Between between -> between(between);
            case InExpression in -> in(in);
            case BinaryExpression binary -> binary(binary, draft);
            default -> constant(condition, TRUE);
        };
    }

    private static Truth inner(IsBooleanExpression is, Truth inner) {
        if (inner == DEPENDS) {
            return DEPENDS;
        }
        boolean holds = (inner == TRUE) == is.isTrue();
        return holds != is.isNot() ? TRUE : FALSE;
    }

    private Truth and(Truth other) {
        if (this == FALSE || other == FALSE) {
            return FALSE;
        }
        return this == TRUE && other == TRUE ? TRUE : DEPENDS;
    }

    private Truth negated() {
        return switch (this) {
            case TRUE -> FALSE;
            case FALSE -> TRUE;
            case DEPENDS -> DEPENDS;
        };
    }

    private static Truth or(OrExpression or, Draft draft) {
        Truth left = of(or.getLeftExpression(), draft);
        Truth right = of(or.getRightExpression(), draft);
        if (left == TRUE || right == TRUE) {
            return TRUE;
        }
        if (left == FALSE) {
            return right;
        }
        if (right == FALSE) {
            return left;
        }
        return opposite(bare(or.getLeftExpression()), bare(or.getRightExpression()))
                ? TRUE
                : DEPENDS;
    }

    private static Expression bare(Expression expression) {
        Expression inner = expression;
        while (inner instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
            inner = (Expression) list.getFirst();
        }
        return inner;
    }

    /** Whether one of the two is surely true for every row: {@code a or not a}. */
    private static boolean opposite(Expression left, Expression right) {
        if (left instanceof NotExpression not && same(not.getExpression(), right)) {
            return true;
        }
        if (right instanceof NotExpression not && same(not.getExpression(), left)) {
            return true;
        }
        if (left instanceof IsNullExpression a && right instanceof IsNullExpression b) {
            return a.isNot() != b.isNot() && same(a.getLeftExpression(), b.getLeftExpression());
        }
        if (left instanceof BinaryExpression a && right instanceof BinaryExpression b) {
            // The cheap test first: the sides of long chains are long texts.
            return covers(a, b)
                    && same(a.getLeftExpression(), b.getLeftExpression())
                    && same(a.getRightExpression(), b.getRightExpression());
        }
        return false;
    }

    private static boolean covers(BinaryExpression a, BinaryExpression b) {
        return covering(a, b) || covering(b, a);
    }

    private static boolean covering(BinaryExpression a, BinaryExpression b) {
        return switch (a) {
            case EqualsTo e -> b instanceof NotEqualsTo;
            case GreaterThan e -> b instanceof MinorThanEquals;
            case GreaterThanEquals e -> b instanceof MinorThan || b instanceof MinorThanEquals;
            case LikeExpression e -> b instanceof LikeExpression o && e.isNot() != o.isNot();
            default -> false;
        };
    }

    private static boolean same(Expression left, Expression right) {
        Expression one = bare(left);
        Expression other = bare(right);
        if (one instanceof Column a && other instanceof Column b) {
            // A name alone can only be that of the table that is changed, or it is ambiguous.
            boolean bare = a.getTable() == null || b.getTable() == null;
            return bare
                    ? plain(a.getColumnName()).equals(plain(b.getColumnName()))
                    : plain(a.toString()).equals(plain(b.toString()));
        }
        return plain(one.toString()).equals(plain(other.toString()));
    }

    /** Strings are in single quotes and numbered: double quotes are those of names. */
    private static String plain(String canonical) {
        return Letters.lower(canonical.replace("\"", ""));
    }

    private static Truth word(String name) {
        return switch (Letters.lower(name)) {
            case "true" -> TRUE;
            case "false", "null" -> FALSE;
            default -> DEPENDS;
        };
    }

    private static Truth exists(ExistsExpression exists) {
        boolean noTable =
                exists.getRightExpression() instanceof ParenthesedSelect select
                        && select.getSelect() instanceof PlainSelect plain
                        && plain.getFromItem() == null
                        && plain.getWhere() == null;
        if (!noTable) {
            return DEPENDS;
        }
        return exists.isNot() ? FALSE : TRUE;
    }

    private static Truth distinct(IsDistinctExpression distinct) {
        if (same(distinct.getLeftExpression(), distinct.getRightExpression())) {
            return distinct.isNot() ? TRUE : FALSE;
        }
        return constant(distinct, TRUE);
    }

    private static Truth between(Between between) {
        boolean itself =
                same(between.getLeftExpression(), between.getBetweenExpressionStart())
                        && same(between.getLeftExpression(), between.getBetweenExpressionEnd());
        return itself && !between.isNot() ? TRUE : constant(between, TRUE);
    }

    private static Truth in(InExpression in) {
        if (in.getRightExpression() instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Expression e && same(in.getLeftExpression(), e)) {
                    return in.isNot() ? FALSE : TRUE;
                }
            }
        }
        return constant(in, TRUE);
    }

    private static Truth binary(BinaryExpression binary, Draft draft) {
        Expression left = bare(binary.getLeftExpression());
        Expression right = bare(binary.getRightExpression());
        if (left instanceof LongValue || left instanceof DoubleValue) {
            if (right instanceof LongValue || right instanceof DoubleValue) {
                return numbers(binary, number(left, draft), number(right, draft));
            }
        }
        boolean not = binary instanceof LikeExpression like && like.isNot();
        if (same(left, right)) {
            return switch (binary) {
                case EqualsTo e -> TRUE;
                case GreaterThanEquals e -> TRUE;
                case MinorThanEquals e -> TRUE;
                case LikeExpression e -> not ? FALSE : TRUE;
                case NotEqualsTo e -> FALSE;
                case GreaterThan e -> FALSE;
                case MinorThan e -> FALSE;
                default -> constant(binary, TRUE);
            };
        }
        if (left instanceof StringValue && right instanceof StringValue) {
            return binary instanceof EqualsTo ? FALSE : TRUE;
        }
        if (binary instanceof LikeExpression && right instanceof StringValue pattern) {
            return pattern.getValue().equals(Canonical.EVERYTHING) && !not
                    ? TRUE
                    : constant(binary, TRUE);
        }
        return constant(binary, TRUE);
    }

    private static double number(Expression value, Draft draft) {
        draft.valuesCount = true;
        return Double.parseDouble(value.toString());
    }

    private static Truth numbers(BinaryExpression binary, double left, double right) {
        boolean holds =
                switch (binary) {
                    case EqualsTo e -> left == right;
                    case NotEqualsTo e -> left != right;
                    case GreaterThan e -> left > right;
                    case GreaterThanEquals e -> left >= right;
                    case MinorThan e -> left < right;
                    case MinorThanEquals e -> left <= right;
                    default -> true;
                };
        return holds ? TRUE : FALSE;
    }

    /** {@code value} if no column and no query stands in the expression. */
    private static Truth constant(Expression expression, Truth value) {
        return TreeSearch.dependsOnRows(expression) ? DEPENDS : value;
    }
}
