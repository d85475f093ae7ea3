package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.wire.ParameterDescription;

import java.sql.ParameterMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;

/** What the backend says of a statement's parameters. */
final class GatehouseParameterMetaData extends Wrapped implements ParameterMetaData {
    private final List<ParameterDescription> parameters;

    GatehouseParameterMetaData(List<ParameterDescription> parameters) {
        this.parameters = parameters;
    }

    private ParameterDescription at(int parameter) throws SQLException {
        if (parameter < 1 || parameter > parameters.size()) {
            throw Faults.badArgument(
                    "There is no parameter "
                            + parameter
                            + ": the statement has "
                            + parameters.size()
                            + ".");
        }
        return parameters.get(parameter - 1);
    }

    @Override
    public int getParameterCount() {
        return parameters.size();
    }

    @Override
    public int isNullable(int parameter) throws SQLException {
        return at(parameter).nullable();
    }

    @Override
    public boolean isSigned(int parameter) throws SQLException {
        return at(parameter).signed();
    }

    @Override
    public int getPrecision(int parameter) throws SQLException {
        return at(parameter).precision();
    }

    @Override
    public int getScale(int parameter) throws SQLException {
        return at(parameter).scale();
    }

    @Override
    public int getParameterType(int parameter) throws SQLException {
        int type = at(parameter).jdbcType();
        if (type == Types.NULL) {
            throw Faults.unsupported("The type of a parameter, which this backend does not tell,");
        }
        return type;
    }

    @Override
    public String getParameterTypeName(int parameter) throws SQLException {
        return at(parameter).typeName();
    }

    @Override
    public String getParameterClassName(int parameter) throws SQLException {
        String name = at(parameter).className();
        if (name.isEmpty()) {
            throw Faults.unsupported("The class of a parameter, which this backend does not tell,");
        }
        return name;
    }

    @Override
    public int getParameterMode(int parameter) throws SQLException {
        return at(parameter).mode();
    }
}
