package dev.tilesmith.sweep.report.markup;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An element with its attributes and what is within.
 *
 * @param name of the element
 * @param attributes in their order
 * @param children in their order
 */
public record Element(String name, List<Attribute> attributes, List<Node> children) implements Node {
    /** Elements of HTML that have no end tag. */
    private static final Set<String> VOID = Set.of("meta", "br", "hr");

    /**
     * A name and its value.
     *
     * @param name of the attribute
     * @param value as it is to be read
     */
    public record Attribute(String name, String value) {}

    /** Copies the lists. */
    public Element {
        attributes = List.copyOf(attributes);
        children = List.copyOf(children);
    }

    /** An element of others. */
    public static Element of(String name, Node... children) {
        return new Element(name, List.of(), List.of(children));
    }

    /** An element of any number of others. */
    public static Element of(String name, List<? extends Node> children) {
        return new Element(name, List.of(), List.copyOf(children));
    }

    /** An element of words. */
    public static Element of(String name, String words) {
        return of(name, new Text(words));
    }

    /** The same with one attribute more. */
    public Element with(String attribute, String value) {
        final List<Attribute> more = new ArrayList<>(attributes);
        more.add(new Attribute(attribute, value));
        return new Element(name, more, children);
    }

    /** The same with a place or a length more, to the tenth of a unit. */
    public Element with(String attribute, double value) {
        return with(attribute, tenths(value));
    }

    /** The same with more within, at the end. */
    public Element add(Node... nodes) {
        return add(List.of(nodes));
    }

    /** The same with more within, at the end. */
    public Element add(List<? extends Node> nodes) {
        final List<Node> more = new ArrayList<>(children);
        more.addAll(nodes);
        return new Element(name, attributes, more);
    }

    /** A place or a length as charts have it: to the tenth of a unit. */
    public static String tenths(double value) {
        return BigDecimal.valueOf(value)
                .setScale(1, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }

    @Override
    public void writeTo(StringBuilder out) {
        out.append('<').append(name);
        attributes.forEach(attribute -> {
            out.append(' ').append(attribute.name()).append("=\"");
            new Text(attribute.value()).writeTo(out);
            out.append('"');
        });
        if (VOID.contains(name)) {
            out.append(" />");
            return;
        }
        out.append('>');
        children.forEach(child -> child.writeTo(out));
        out.append("</").append(name).append('>');
    }

    /** What a browser reads. */
    @Override
    public String toString() {
        final StringBuilder out = new StringBuilder();
        writeTo(out);
        return out.toString();
    }
}
