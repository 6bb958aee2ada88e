package dev.tilesmith.processor.lower.vectorapi;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import java.nio.ByteOrder;

/**
 * How the Vector API reads 16 bits into each lane of 32.
 *
 * @param lanes of a vector
 */
record ShortLanes(int lanes) {
    private static final String API = "jdk.incubator.vector";
    private static final ClassName INTS = ClassName.get(API, "IntVector");
    private static final ClassName SHORTS = ClassName.get(API, "ShortVector");
    private static final ClassName OPERATORS = ClassName.get(API, "VectorOperators");

    /** Shorts from a segment, at a byte offset, widened with their signs to ints. */
    CodeBlock ints(String segment, CodeBlock offset) {
        return CodeBlock.of(
                "(($1T) $2T.fromMemorySegment($2T.SPECIES_$3L, $4L, $5L, $6T.LITTLE_ENDIAN).convertShape($7T.S2I,"
                        + " $1T.SPECIES_$8L, 0))",
                INTS,
                SHORTS,
                lanes * Short.SIZE,
                segment,
                offset,
                ByteOrder.class,
                OPERATORS,
                lanes * Integer.SIZE);
    }

    /** Values of BF16 from a segment, at a byte offset, as floats. */
    CodeBlock bf16(String segment, CodeBlock offset) {
        return CodeBlock.of("$L.lanewise($T.LSHL, 16).reinterpretAsFloats()", ints(segment, offset), OPERATORS);
    }
}
