package dev.tilesmith.sweep.report.markup;

/** A piece of a page or of a chart. */
public sealed interface Node permits Element, Text {
    /** Appends what a browser reads. */
    void writeTo(StringBuilder out);
}
