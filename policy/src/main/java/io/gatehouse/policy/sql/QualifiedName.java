package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Access;
import io.gatehouse.policy.fact.Relation;

/** The last two parts of a dotted name. */
record QualifiedName(String schema, String name) {
    Relation as(Access access) {
        return new Relation(schema, name, access);
    }
}
