package dev.tilesmith.fuzz;

import dev.tilesmith.conformance.Element;
import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Supplier;

/**
 * A matrix of a problem and the memory around it.
 *
 * @param element what it holds
 * @param backing all memory that a call might reach by mistake without ending the JVM, writable
 * @param first bytes from its start to row 0, column 0
 * @param stride bytes from one row to the next
 * @param view makes the matrix, or refuses to
 */
record Operand(Element element, MemorySegment backing, long first, long stride, Supplier<Matrix> view) {
    /** A copy of all of the memory. */
    byte[] image() {
        return backing.toArray(ValueLayout.JAVA_BYTE);
    }

    /** Where an element is, in bytes from the start of the memory. */
    long at(int row, int column) {
        return first + row * stride + (long) column * element.bytes();
    }

    /** The bits of an element as {@link Element#bits} gives them. */
    int bits(int row, int column) {
        final long at = at(row, column);
        return switch (element) {
            case F32 -> Element.bits(backing.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at))[0];
            case HALF -> backing.get(ValueLayout.JAVA_SHORT_UNALIGNED, at);
            case I8 -> backing.get(ValueLayout.JAVA_BYTE, at);
            case I32 -> backing.get(ValueLayout.JAVA_INT_UNALIGNED, at);
        };
    }

    /** Puts dense rows of elements where they belong. */
    void fill(MemorySegment dense, int rows, int columns) {
        final long bytes = (long) columns * element.bytes();
        for (int row = 0; row < rows; row++) {
            MemorySegment.copy(dense, row * bytes, backing, at(row, 0), bytes);
        }
    }
}
