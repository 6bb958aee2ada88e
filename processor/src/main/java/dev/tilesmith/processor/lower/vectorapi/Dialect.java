package dev.tilesmith.processor.lower.vectorapi;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** How operations on f32 vectors are written in Java. */
public sealed interface Dialect {
    /** Lanes of a vector. */
    int lanes();

    /** The type of a vector variable. */
    TypeName type();

    /** A vector from a {@code float[]}. */
    CodeBlock fromArray(String array, CodeBlock index);

    /** A vector from a segment, at a byte offset. */
    CodeBlock fromSegment(String segment, CodeBlock offset);

    /** One float in all lanes. */
    CodeBlock broadcast(CodeBlock value);

    /** {@code a * b + c}, rounded once. */
    CodeBlock fma(String a, String b, String c);

    /** The sum of two vectors. */
    CodeBlock add(String a, String b);

    /** {@code min(max(value, low), high)}. */
    CodeBlock clamp(String value, String low, String high);

    /** A statement that stores a vector into a {@code float[]}. */
    CodeBlock intoArray(String value, String array, CodeBlock index);

    /** A statement that stores a vector into a segment, at a byte offset. */
    CodeBlock intoSegment(String value, String segment, CodeBlock offset);

    /** One float at a time. */
    record Scalar() implements Dialect {
        private static final CodeBlock FLOAT = CodeBlock.of("$T.JAVA_FLOAT_UNALIGNED", ValueLayout.class);

        @Override
        public int lanes() {
            return 1;
        }

        @Override
        public TypeName type() {
            return TypeName.FLOAT;
        }

        @Override
        public CodeBlock fromArray(String array, CodeBlock index) {
            return CodeBlock.of("$L[$L]", array, index);
        }

        @Override
        public CodeBlock fromSegment(String segment, CodeBlock offset) {
            return CodeBlock.of("$L.get($L, $L)", segment, FLOAT, offset);
        }

        @Override
        public CodeBlock broadcast(CodeBlock value) {
            return value;
        }

        @Override
        public CodeBlock fma(String a, String b, String c) {
            return CodeBlock.of("$T.fma($L, $L, $L)", Math.class, a, b, c);
        }

        @Override
        public CodeBlock add(String a, String b) {
            return CodeBlock.of("$L + $L", a, b);
        }

        @Override
        public CodeBlock clamp(String value, String low, String high) {
            return CodeBlock.of("$1T.min($1T.max($2L, $3L), $4L)", Math.class, value, low, high);
        }

        @Override
        public CodeBlock intoArray(String value, String array, CodeBlock index) {
            return CodeBlock.of("$L[$L] = $L", array, index, value);
        }

        @Override
        public CodeBlock intoSegment(String value, String segment, CodeBlock offset) {
            return CodeBlock.of("$L.set($L, $L, $L)", segment, FLOAT, offset, value);
        }
    }

    /** The Vector API, at a fixed number of bits: the species is a constant, or the JIT compiler gives up on it. */
    record Vector(int bits) implements Dialect {
        private static final ClassName FLOAT_VECTOR = ClassName.get("jdk.incubator.vector", "FloatVector");

        private CodeBlock species() {
            return CodeBlock.of("$T.SPECIES_$L", FLOAT_VECTOR, bits);
        }

        @Override
        public int lanes() {
            return bits / Float.SIZE;
        }

        @Override
        public TypeName type() {
            return FLOAT_VECTOR;
        }

        @Override
        public CodeBlock fromArray(String array, CodeBlock index) {
            return CodeBlock.of("$T.fromArray($L, $L, $L)", FLOAT_VECTOR, species(), array, index);
        }

        @Override
        public CodeBlock fromSegment(String segment, CodeBlock offset) {
            return CodeBlock.of(
                    "$T.fromMemorySegment($L, $L, $L, $T.LITTLE_ENDIAN)",
                    FLOAT_VECTOR,
                    species(),
                    segment,
                    offset,
                    ByteOrder.class);
        }

        @Override
        public CodeBlock broadcast(CodeBlock value) {
            return CodeBlock.of("$T.broadcast($L, $L)", FLOAT_VECTOR, species(), value);
        }

        @Override
        public CodeBlock fma(String a, String b, String c) {
            return CodeBlock.of("$L.fma($L, $L)", a, b, c);
        }

        @Override
        public CodeBlock add(String a, String b) {
            return CodeBlock.of("$L.add($L)", a, b);
        }

        @Override
        public CodeBlock clamp(String value, String low, String high) {
            return CodeBlock.of("$L.max($L).min($L)", value, low, high);
        }

        @Override
        public CodeBlock intoArray(String value, String array, CodeBlock index) {
            return CodeBlock.of("$L.intoArray($L, $L)", value, array, index);
        }

        @Override
        public CodeBlock intoSegment(String value, String segment, CodeBlock offset) {
            return CodeBlock.of(
                    "$L.intoMemorySegment($L, $L, $T.LITTLE_ENDIAN)", value, segment, offset, ByteOrder.class);
        }
    }
}
