package dev.tilesmith.runtime;

/** How much of a file of packed weights is read to see whether it is damaged. */
public enum FileCheck {
    /** The header and all weights: reads the whole file once. */
    ALL,
    /** The header and the length of the file; weights are read when they are used. For storage that checks by itself. */
    HEADER
}
