package io.gatehouse.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.jdbc.url.Option;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.naming.NamingException;
import javax.naming.Reference;
import javax.naming.StringRefAddr;

/** Sources of connections as beans, and as what a naming service keeps. */
class DataSourceTest {
    private static Map<String, PropertyDescriptor> beans() throws IntrospectionException {
        return Arrays.stream(
                        Introspector.getBeanInfo(GatehouseDataSource.class)
                                .getPropertyDescriptors())
                .collect(Collectors.toMap(PropertyDescriptor::getName, Function.identity()));
    }

    @Test
    void everyPropertyOfTheDriverIsOneOfTheBean() throws Exception {
        Map<String, PropertyDescriptor> beans = beans();
        for (Option option : Option.values()) {
            PropertyDescriptor bean = beans.get(option.key());
            assertThat(bean).as(option.key()).isNotNull();
            assertThat(bean.getWriteMethod()).as(option.key()).isNotNull();
            boolean secret = option == Option.PASSWORD || option == Option.SSLPASSWORD;
            assertThat(bean.getReadMethod() == null).as(option.key()).isEqualTo(secret);
        }
    }

    @Test
    void numbersAndTruthValuesAreTyped() throws Exception {
        GatehouseDataSource source = new GatehouseDataSource();
        for (PropertyDescriptor bean : beans().values()) {
            Class<?> type = bean.getPropertyType();
            if (bean.getWriteMethod() == null || bean.getReadMethod() == null) {
                continue;
            }
            Object value = type == int.class ? (Object) 4711 : type == boolean.class ? true : "x";
            if (type == int.class || type == boolean.class || type == String.class) {
                bean.getWriteMethod().invoke(source, value);
                assertThat(bean.getReadMethod().invoke(source)).as(bean.getName()).isEqualTo(value);
            }
        }
        assertThat(new GatehouseDataSource().getWindow()).isEqualTo(262_144);
        assertThat(new GatehouseDataSource().isTraceComments()).isFalse();
    }

    private static <T extends SourceSettings> T filled(T source) throws Exception {
        source.setUrl("jdbc:gatehouse://127.0.0.1:7432/orders");
        source.setUser("ada");
        source.setPassword("secret");
        source.setKeptRows(70_000);
        source.setLoginTimeout(7);
        return source;
    }

    private static Stream<SourceSettings> sources() throws Exception {
        return Stream.of(
                filled(new GatehouseDataSource()),
                filled(new GatehouseConnectionPoolDataSource()),
                filled(new GatehouseXADataSource()));
    }

    private static void isFilled(Object made, SourceSettings source) {
        assertThat(made).isInstanceOf(source.getClass());
        SourceSettings again = (SourceSettings) made;
        assertThat(again.getUrl()).isEqualTo(source.getUrl());
        assertThat(again.properties()).containsAllEntriesOf(source.properties());
        assertThat(again.getLoginTimeout()).isEqualTo(7);
    }

    @Test
    void aNamingServiceMakesThemAgain() throws Exception {
        for (SourceSettings source : sources().toList()) {
            Reference reference = source.getReference();
            Object made = new SourceFactory().getObjectInstance(reference, null, null, null);
            isFilled(made, source);
        }
    }

    @Test
    void theyAreSerializable() throws Exception {
        for (SourceSettings source : sources().toList()) {
            isFilled(read(written(source)), source);
        }
    }

    private static byte[] written(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }

    @Test
    void noProgramComesFromOutside() throws Exception {
        GatehouseDataSource source = filled(new GatehouseDataSource());
        Reference bound = source.getReference();
        source.setPasswordCommand("/bin/true");
        assertThatThrownBy(source::getReference).isInstanceOf(NamingException.class);
        assertThatThrownBy(() -> written(source)).isInstanceOf(InvalidObjectException.class);
        bound.add(new StringRefAddr("passwordCommand", "/bin/true"));
        assertThatThrownBy(() -> new SourceFactory().getObjectInstance(bound, null, null, null))
                .isInstanceOf(NamingException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.lang.String", "io.gatehouse.jdbc.GatehouseDriver"})
    void nothingElseIsMade(String type) throws Exception {
        Reference reference = new Reference(type, SourceFactory.class.getName(), null);
        assertThat(new SourceFactory().getObjectInstance(reference, null, null, null)).isNull();
        assertThat(new SourceFactory().getObjectInstance("text", null, null, null)).isNull();
    }
}
