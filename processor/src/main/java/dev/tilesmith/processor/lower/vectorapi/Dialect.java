package dev.tilesmith.processor.lower.vectorapi;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.tilesmith.processor.program.Op;
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

    /** Statements that declare a vector of the values of binary16 in a segment, at a byte offset. */
    CodeBlock declareF16(String name, String segment, CodeBlock offset);

    /** A vector from the values of BF16 in a segment, at a byte offset. */
    CodeBlock fromBf16(String segment, CodeBlock offset);

    /** One float in all lanes. */
    CodeBlock broadcast(CodeBlock value);

    /** {@code a * b + c}, rounded once. */
    CodeBlock fma(String a, String b, String c);

    /** The sum of two vectors. */
    CodeBlock add(String a, String b);

    /** The product of two vectors. */
    CodeBlock multiply(String a, String b);

    /** The quotient of two vectors. */
    CodeBlock divide(String a, String b);

    /** The magnitudes of a vector. */
    CodeBlock magnitude(String value);

    /** Bits of {@code power}, from the last on, added to the exponents of {@code value}. */
    CodeBlock scaleByPower(String value, String power);

    /** {@code max(value, bound)}. */
    CodeBlock max(String value, String bound);

    /** {@code min(value, bound)}. */
    CodeBlock min(String value, String bound);

    /** {@code min(max(value, low), high)}. */
    CodeBlock clamp(String value, String low, String high);

    /** A statement that stores a vector into a {@code float[]}. */
    CodeBlock intoArray(String value, String array, CodeBlock index);

    /** A statement that stores a vector into a segment, at a byte offset. */
    CodeBlock intoSegment(String value, String segment, CodeBlock offset);

    /** One float at a time. */
    record Scalar() implements Dialect {
        private static final CodeBlock FLOAT = CodeBlock.of("$T.JAVA_FLOAT_UNALIGNED", ValueLayout.class);
        private static final CodeBlock SHORT =
                CodeBlock.of("$T.JAVA_SHORT_UNALIGNED.withOrder($T.LITTLE_ENDIAN)", ValueLayout.class, ByteOrder.class);

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
        public CodeBlock declareF16(String name, String segment, CodeBlock offset) {
            return CodeBlock.builder()
                    .addStatement(
                            "final float $L = $T.float16ToFloat($L.get($L, $L))",
                            name,
                            Float.class,
                            segment,
                            SHORT,
                            offset)
                    .build();
        }

        @Override
        public CodeBlock fromBf16(String segment, CodeBlock offset) {
            return CodeBlock.of("$T.intBitsToFloat($L.get($L, $L) << 16)", Float.class, segment, SHORT, offset);
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
        public CodeBlock multiply(String a, String b) {
            return CodeBlock.of("$L * $L", a, b);
        }

        @Override
        public CodeBlock divide(String a, String b) {
            return CodeBlock.of("$L / $L", a, b);
        }

        @Override
        public CodeBlock magnitude(String value) {
            return CodeBlock.of("$T.abs($L)", Math.class, value);
        }

        @Override
        public CodeBlock scaleByPower(String value, String power) {
            return CodeBlock.of(
                    "$1T.intBitsToFloat($1T.floatToRawIntBits($2L) + ($1T.floatToRawIntBits($3L) << $4L))",
                    Float.class,
                    value,
                    power,
                    Op.ScaleByPower.EXPONENT);
        }

        @Override
        public CodeBlock max(String value, String bound) {
            return CodeBlock.of("$T.max($L, $L)", Math.class, value, bound);
        }

        @Override
        public CodeBlock min(String value, String bound) {
            return CodeBlock.of("$T.min($L, $L)", Math.class, value, bound);
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
        private static final String PACKAGE = "jdk.incubator.vector";
        private static final ClassName FLOAT_VECTOR = ClassName.get(PACKAGE, "FloatVector");
        private static final ClassName INT_VECTOR = ClassName.get(PACKAGE, "IntVector");
        private static final ClassName OPERATORS = ClassName.get(PACKAGE, "VectorOperators");

        /** What makes of the bits below the sign, in place, a binary32 that is 2^112 times the value, an infinity, or NaN. */
        private static final String EXPONENT = "0x70000000";

        /** One half, beside whose bits those of a subnormal value are that value. */
        private static final String HALF = "0x3f000000";

        private CodeBlock species() {
            return CodeBlock.of("$T.SPECIES_$L", FLOAT_VECTOR, bits);
        }

        private ShortLanes shorts() {
            return new ShortLanes(lanes());
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

        /**
         * Normal values, infinities and NaN: the bits below the sign as those of a binary32 with an exponent that is 224
         * greater, so that infinities and NaN have the greatest, over 2^112; subnormal values: beside the bits of one half,
         * which is taken off. No subnormal is multiplied, which some CPUs are slow at.
         */
        @Override
        public CodeBlock declareF16(String name, String segment, CodeBlock offset) {
            return CodeBlock.builder()
                    .addStatement("final $T $LBits = $L", INT_VECTOR, name, shorts().ints(segment, offset))
                    .addStatement("final $1T $2LLow = $2LBits.and(0x7fff)", INT_VECTOR, name)
                    .addStatement(
                            "final $1T $2L = $2LLow.lanewise($3T.LSHL, 13).add($4L).reinterpretAsFloats().mul(0x1p-112f)"
                                    + ".reinterpretAsInts().blend($2LLow.or($5L).reinterpretAsFloats().sub(0.5f)"
                                    + ".reinterpretAsInts(), $2LLow.compare($3T.LT, 0x400))"
                                    + ".or($2LBits.and(0x80000000)).reinterpretAsFloats()",
                            FLOAT_VECTOR,
                            name,
                            OPERATORS,
                            EXPONENT,
                            HALF)
                    .build();
        }

        @Override
        public CodeBlock fromBf16(String segment, CodeBlock offset) {
            return shorts().bf16(segment, offset);
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
        public CodeBlock multiply(String a, String b) {
            return CodeBlock.of("$L.mul($L)", a, b);
        }

        @Override
        public CodeBlock divide(String a, String b) {
            return CodeBlock.of("$L.div($L)", a, b);
        }

        @Override
        public CodeBlock magnitude(String value) {
            return CodeBlock.of("$L.abs()", value);
        }

        @Override
        public CodeBlock scaleByPower(String value, String power) {
            return CodeBlock.of(
                    "$L.reinterpretAsInts().add($L.reinterpretAsInts().lanewise($T.LSHL, $L)).reinterpretAsFloats()",
                    value,
                    power,
                    OPERATORS,
                    Op.ScaleByPower.EXPONENT);
        }

        @Override
        public CodeBlock max(String value, String bound) {
            return CodeBlock.of("$L.max($L)", value, bound);
        }

        @Override
        public CodeBlock min(String value, String bound) {
            return CodeBlock.of("$L.min($L)", value, bound);
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
