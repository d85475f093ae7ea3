package io.gatehouse.jdbc;

import io.gatehouse.jdbc.url.Option;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.Enumeration;
import java.util.Hashtable;

import javax.naming.Context;
import javax.naming.Name;
import javax.naming.NamingException;
import javax.naming.RefAddr;
import javax.naming.Reference;
import javax.naming.spi.ObjectFactory;

/** Makes the sources of connections that a naming service keeps. */
public final class SourceFactory implements ObjectFactory {
    static final String URL = "url";
    private static final String LOGIN = Option.LOGIN_TIMEOUT.key();

    /** A factory; naming services make their own. */
    public SourceFactory() {
        // It has no state.
    }

    @Override
    public @Nullable Object getObjectInstance(
            @Nullable Object kept,
            @Nullable Name name,
            @Nullable Context context,
            @Nullable Hashtable<?, ?> environment)
            throws NamingException {
        Reference reference = kept instanceof Reference ? (Reference) kept : null;
        SourceSettings source = reference == null ? null : source(reference);
        if (reference == null || source == null) {
            return null;
        }
        Enumeration<RefAddr> all = reference.getAll();
        while (all.hasMoreElements()) {
            RefAddr one = all.nextElement();
            Object value = one.getContent();
            if (one.getType().equals(Option.PASSWORD_COMMAND.key())) {
                throw new NamingException("A passwordCommand does not come from a naming service.");
            }
            if (value != null && one.getType().equals(URL)) {
                source.setUrl(value.toString());
            } else if (value != null && one.getType().equals(LOGIN)) {
                login(source, value.toString());
            } else if (value != null) {
                source.setProperty(one.getType(), value.toString());
            }
        }
        return source;
    }

    private static void login(SourceSettings source, String seconds) throws NamingException {
        try {
            source.setLoginTimeout(Integer.parseInt(seconds));
        } catch (NumberFormatException | SQLException e) {
            NamingException bad = new NamingException("The login timeout is no number of seconds.");
            bad.setRootCause(e);
            throw bad;
        }
    }

    private static @Nullable SourceSettings source(Reference reference) {
        String type = reference.getClassName();
        if (GatehouseDataSource.class.getName().equals(type)) {
            return new GatehouseDataSource();
        }
        if (GatehouseConnectionPoolDataSource.class.getName().equals(type)) {
            return new GatehouseConnectionPoolDataSource();
        }
        return GatehouseXADataSource.class.getName().equals(type)
                ? new GatehouseXADataSource()
                : null;
    }
}
