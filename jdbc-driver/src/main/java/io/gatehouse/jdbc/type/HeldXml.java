package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.fault.Faults;

import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLXML;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.Result;
import javax.xml.transform.Source;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMResult;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.sax.SAXSource;
import javax.xml.transform.stax.StAXSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;

/** XML that is all here as a text. What an application writes is there when it is asked for. */
public final class HeldXml implements SQLXML {
    private final Manner manner;
    private @Nullable String text;
    private @Nullable ByteArrayOutputStream bytes;
    private @Nullable StringWriter characters;
    private @Nullable DOMResult tree;
    private boolean freed;

    /** XML; null: an application will set it. */
    public HeldXml(Manner manner, @Nullable String text) {
        this.manner = manner;
        this.text = text;
    }

    private void checkEmpty() throws SQLException {
        checkThere();
        if (text != null || bytes != null || characters != null || tree != null) {
            throw Misuse.FREED.at(manner, "This SQLXML has its value already.");
        }
    }

    private void checkThere() throws SQLException {
        if (freed) {
            throw Misuse.FREED.at(manner, "The SQLXML was freed.");
        }
    }

    @Override
    public String getString() throws SQLException {
        checkThere();
        String known = text;
        if (known == null) {
            known = written();
            text = known;
        }
        return known;
    }

    private String written() throws SQLException {
        if (bytes != null) {
            return bytes.toString(StandardCharsets.UTF_8);
        }
        if (characters != null) {
            return characters.toString();
        }
        DOMResult root = tree;
        if (root == null) {
            throw Misuse.FREED.at(manner, "This SQLXML has no value yet.");
        }
        StringWriter out = new StringWriter();
        try {
            TransformerFactory factory = TransformerFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.newTransformer()
                    .transform(new DOMSource(root.getNode()), new StreamResult(out));
        } catch (TransformerException e) {
            throw Faults.badText("XML", e);
        }
        return out.toString();
    }

    @Override
    public InputStream getBinaryStream() throws SQLException {
        return new ByteArrayInputStream(getString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Reader getCharacterStream() throws SQLException {
        return new StringReader(getString());
    }

    /** Documents come from a database: nothing in them is fetched or run. */
    @Override
    public <T extends Source> T getSource(@Nullable Class<T> type) throws SQLException {
        try {
            Source source;
            if (type == null || type == StreamSource.class) {
                source = new StreamSource(getCharacterStream());
            } else if (type == DOMSource.class) {
                source = new DOMSource(parsers().newDocumentBuilder().parse(input()));
            } else if (type == SAXSource.class) {
                source = new SAXSource(input());
            } else if (type == StAXSource.class) {
                XMLInputFactory factory = XMLInputFactory.newFactory();
                factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
                source = new StAXSource(factory.createXMLStreamReader(getCharacterStream()));
            } else {
                throw Faults.unsupported("XML as " + type.getName());
            }
            @SuppressWarnings("unchecked")
            T wanted = (T) source;
            return wanted;
        } catch (SAXException | IOException | ParserConfigurationException | XMLStreamException e) {
            throw Faults.badText("XML", e);
        }
    }

    private InputSource input() throws SQLException {
        return new InputSource(getCharacterStream());
    }

    private static DocumentBuilderFactory parsers() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory;
    }

    @Override
    public void setString(String value) throws SQLException {
        checkEmpty();
        text = value;
    }

    @Override
    public OutputStream setBinaryStream() throws SQLException {
        checkEmpty();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        bytes = out;
        return out;
    }

    @Override
    public Writer setCharacterStream() throws SQLException {
        checkEmpty();
        StringWriter out = new StringWriter();
        characters = out;
        return out;
    }

    @Override
    public <T extends Result> T setResult(@Nullable Class<T> type) throws SQLException {
        checkEmpty();
        Result result;
        if (type == DOMResult.class) {
            DOMResult made = new DOMResult();
            tree = made;
            result = made;
        } else if (type == null || type == StreamResult.class) {
            result = new StreamResult(setCharacterStream());
        } else {
            throw Faults.unsupported("XML from " + type.getName());
        }
        @SuppressWarnings("unchecked")
        T wanted = (T) result;
        return wanted;
    }

    @Override
    public void free() {
        freed = true;
        text = null;
        bytes = null;
        characters = null;
        tree = null;
    }
}
