package dev.tilesmith.sweep.report;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Pages and charts as XML; what is not well-formed is an error. */
final class Pages {
    private Pages() {}

    /** A page without its document type, or a picture. */
    static Document parse(String text) {
        try {
            final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            final DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new InputSource(new StringReader(text.replace("<!DOCTYPE html>\n", ""))));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** Elements that a path leads to. */
    static List<Element> all(Node from, String path) {
        try {
            final NodeList found =
                    (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, from, XPathConstants.NODESET);
            return IntStream.range(0, found.getLength())
                    .mapToObj(number -> (Element) found.item(number))
                    .toList();
        } catch (XPathExpressionException e) {
            throw new AssertionError(path, e);
        }
    }

    /** The numbers in a row or a cell, as they were measured. */
    static List<Double> numbers(Element row) {
        return within(row, "data").stream()
                .map(data -> Double.parseDouble(data.getAttribute("value")))
                .toList();
    }

    /** Elements of a name within another; a path would have the whole page walked for each. */
    static List<Element> within(Element from, String name) {
        final NodeList found = from.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(number -> (Element) found.item(number))
                .toList();
    }
}
