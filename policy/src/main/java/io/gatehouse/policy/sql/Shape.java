package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Trait;

import net.sf.jsqlparser.expression.AllValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.statement.select.Limit;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SelectItem;

/** How many rows a query can give, as far as its outermost form tells. */
final class Shape {

    private Shape() {}

    static void of(Select select, Draft draft) {
        Limit limit = select.getLimit();
        Expression rows = limit == null ? null : limit.getRowCount();
        boolean limited =
                rows != null && !(rows instanceof AllValue) && !(rows instanceof NullValue);
        if (limited || select.getFetch() != null) {
            draft.traits.add(Trait.HAS_LIMIT);
        }
        if (limited && rows instanceof LongValue value) {
            draft.valuesCount = true;
            if (value.getStringValue().matches("[01]")) {
                draft.traits.add(Trait.SINGLE_ROW);
            }
        }
        if (select instanceof ParenthesedSelect parenthesed && parenthesed.getSelect() != null) {
            of(parenthesed.getSelect(), draft);
        }
        if (select instanceof PlainSelect plain) {
            if (plain.getTop() != null || plain.getFirst() != null) {
                draft.traits.add(Trait.HAS_LIMIT);
            }
            if (singleRow(plain, draft)) {
                draft.traits.add(Trait.SINGLE_ROW);
            }
        }
    }

    private static boolean singleRow(PlainSelect plain, Draft draft) {
        for (String function : draft.functions) {
            String last = function.substring(function.lastIndexOf('.') + 1);
            if (!FunctionLists.single(last)) {
                return false;
            }
        }
        if (plain.getFromItem() == null) {
            return plain.getLateralViews() == null;
        }
        if (plain.getGroupBy() != null) {
            return false;
        }
        for (SelectItem<?> item : plain.getSelectItems()) {
            if (item.getExpression() instanceof Function function
                    && function.getName() != null
                    && FunctionLists.aggregate(Letters.lower(function.getName()))) {
                return true;
            }
        }
        return false;
    }
}
