package dev.tilesmith.fuzz;

import dev.tilesmith.conformance.Element;
import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Dense rows in a Java array, as the reference reads them. */
final class Dense {
    private Dense() {}

    /** Rows that lie one right after the other in {@code content}. */
    static Matrix of(Element element, MemorySegment content, int rows, int columns) {
        return switch (element) {
            case F32 -> Matrix.of(content.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED), rows, columns);
            case HALF -> Matrix.of(content.toArray(ValueLayout.JAVA_SHORT_UNALIGNED), rows, columns);
            case I8 -> Matrix.of(content.toArray(ValueLayout.JAVA_BYTE), rows, columns);
            case I32 -> Matrix.of(content.toArray(ValueLayout.JAVA_INT_UNALIGNED), rows, columns);
        };
    }
}
