package dev.tilesmith.processor.lower.vectorapi;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** How exact sums of int8 products, kept in f32 vectors, are written in Java. */
public sealed interface Int8Dialect {
    /** By how many bits, to the left, the {@code part}-th two bits of a byte are moved to be a multiple of 8. */
    private static int tableShift(int part) {
        return 3 - 2 * part;
    }

    /** The dialect for vectors of {@code lanes} lanes. */
    static Int8Dialect of(int lanes) {
        return lanes == 1 ? new Scalar() : new Vector(lanes);
    }

    /** The type of a vector variable. */
    TypeName type();

    /** One float in all lanes. */
    CodeBlock broadcast(CodeBlock value);

    /** A vector of floats from signed bytes in a segment. */
    CodeBlock widenBytes(String segment, CodeBlock offset);

    /** A vector of floats from the low four bits of bytes in a segment, or from the high ones, unsigned. */
    CodeBlock nibbles(String segment, CodeBlock offset, boolean high);

    /**
     * A vector of floats from the {@code part}-th two bits of bytes in a segment: what they stand for in the four unsigned
     * bytes of an int that is named {@code table}.
     */
    CodeBlock lookUp(String segment, CodeBlock offset, int part);

    /** A vector of floats from BF16s in a segment. */
    CodeBlock bf16(String segment, CodeBlock offset);

    /** A vector of floats from finite values of binary16 in a segment. */
    CodeBlock f16(String segment, CodeBlock offset);

    /** {@code a * b}. */
    CodeBlock multiply(String a, String b);

    /** {@code a * b + c}, of which nothing is rounded. */
    CodeBlock multiplyAdd(String a, String b, String c);

    /** A statement that adds a vector of floats, which are integers, to ints in an array. */
    CodeBlock addToInts(String value, String array, CodeBlock index);

    /** One value at a time. */
    record Scalar() implements Int8Dialect {
        @Override
        public TypeName type() {
            return TypeName.FLOAT;
        }

        @Override
        public CodeBlock broadcast(CodeBlock value) {
            return value;
        }

        @Override
        public CodeBlock widenBytes(String segment, CodeBlock offset) {
            return CodeBlock.of("$L.get($T.JAVA_BYTE, $L)", segment, ValueLayout.class, offset);
        }

        @Override
        public CodeBlock nibbles(String segment, CodeBlock offset, boolean high) {
            return CodeBlock.of(
                    high ? "(float) ($L.get($T.JAVA_BYTE, $L) >> 4 & 15)" : "(float) ($L.get($T.JAVA_BYTE, $L) & 15)",
                    segment,
                    ValueLayout.class,
                    offset);
        }

        /** The two bits are shifted to be 8 times what they are: by how many bits the table is shifted. */
        @Override
        public CodeBlock lookUp(String segment, CodeBlock offset, int part) {
            return CodeBlock.of(
                    "(float) (table >>> ($L.get($T.JAVA_BYTE, $L) $L $L & 24) & 255)",
                    segment,
                    ValueLayout.class,
                    offset,
                    tableShift(part) < 0 ? ">>" : "<<",
                    Math.abs(tableShift(part)));
        }

        @Override
        public CodeBlock bf16(String segment, CodeBlock offset) {
            return CodeBlock.of(
                    "$T.intBitsToFloat($L.get($T.JAVA_SHORT_UNALIGNED.withOrder($T.LITTLE_ENDIAN), $L) << 16)",
                    Float.class,
                    segment,
                    ValueLayout.class,
                    ByteOrder.class,
                    offset);
        }

        @Override
        public CodeBlock f16(String segment, CodeBlock offset) {
            return CodeBlock.of(
                    "$T.float16ToFloat($L.get($T.JAVA_SHORT_UNALIGNED.withOrder($T.LITTLE_ENDIAN), $L))",
                    Float.class,
                    segment,
                    ValueLayout.class,
                    ByteOrder.class,
                    offset);
        }

        @Override
        public CodeBlock multiply(String a, String b) {
            return CodeBlock.of("$L * $L", a, b);
        }

        /** Not fused: a CPU without the instruction would take a library call, for the same value. */
        @Override
        public CodeBlock multiplyAdd(String a, String b, String c) {
            return CodeBlock.of("$L * $L + $L", a, b, c);
        }

        @Override
        public CodeBlock addToInts(String value, String array, CodeBlock index) {
            return CodeBlock.of("$L[$L] += (int) $L", array, index, value);
        }
    }

    /** The Vector API, at a fixed number of lanes: the species is a constant, or the JIT compiler gives up on it. */
    record Vector(int lanes) implements Int8Dialect {
        private static final String API = "jdk.incubator.vector";
        private static final ClassName FLOATS = ClassName.get(API, "FloatVector");
        private static final ClassName INTS = ClassName.get(API, "IntVector");
        private static final ClassName BYTES = ClassName.get(API, "ByteVector");
        private static final ClassName OPERATORS = ClassName.get(API, "VectorOperators");

        /** The narrowest vector of bytes has 8. */
        private static final int FEWEST_BYTES = 8;

        @Override
        public TypeName type() {
            return FLOATS;
        }

        @Override
        public CodeBlock broadcast(CodeBlock value) {
            return CodeBlock.of("$T.broadcast($L, $L)", FLOATS, species(FLOATS), value);
        }

        @Override
        public CodeBlock widenBytes(String segment, CodeBlock offset) {
            return CodeBlock.of(
                    "($T) $L.convertShape($T.B2F, $L, 0)", FLOATS, bytes(segment, offset), OPERATORS, species(FLOATS));
        }

        @Override
        public CodeBlock nibbles(String segment, CodeBlock offset, boolean high) {
            return CodeBlock.of(
                    "($T) (($T) $L.convertShape($T.B2I, $L, 0))$L.and(15).convertShape($T.I2F, $L, 0)",
                    FLOATS,
                    INTS,
                    bytes(segment, offset),
                    OPERATORS,
                    species(INTS),
                    high ? CodeBlock.of(".lanewise($T.LSHR, 4)", OPERATORS) : CodeBlock.of(""),
                    OPERATORS,
                    species(FLOATS));
        }

        @Override
        public CodeBlock lookUp(String segment, CodeBlock offset, int part) {
            return CodeBlock.of(
                    "($1T) $2T.broadcast($3L, table).lanewise($4T.LSHR, (($2T) $5L.convertShape($4T.B2I, $3L,"
                            + " 0)).lanewise($4T.$6L, $7L).and(24)).and(255).convertShape($4T.I2F, $8L, 0)",
                    FLOATS,
                    INTS,
                    species(INTS),
                    OPERATORS,
                    bytes(segment, offset),
                    tableShift(part) < 0 ? "LSHR" : "LSHL",
                    Math.abs(tableShift(part)),
                    species(FLOATS));
        }

        private CodeBlock bytes(String segment, CodeBlock offset) {
            return lanes < FEWEST_BYTES
                    ? fourBytes(segment, offset)
                    : CodeBlock.of(
                            "$1T.fromMemorySegment($1T.SPECIES_$2L, $3L, $4L, $5T.LITTLE_ENDIAN)",
                            BYTES,
                            lanes * Byte.SIZE,
                            segment,
                            offset,
                            ByteOrder.class);
        }

        @Override
        public CodeBlock bf16(String segment, CodeBlock offset) {
            return new ShortLanes(lanes).bf16(segment, offset);
        }

        /**
         * The bits below the sign, read as a binary32, are the value over 2^112, subnormal or not; a negative factor gives
         * it a sign. Infinities and NaN would need more, and are none.
         */
        @Override
        public CodeBlock f16(String segment, CodeBlock offset) {
            final CodeBlock halves = new ShortLanes(lanes).ints(segment, offset);
            return CodeBlock.of(
                    "$1L.lanewise($2T.LSHL, 13).and(0x0fffe000).reinterpretAsFloats().mul($1L.and(0x80000000).or(0x77800000)"
                            + ".reinterpretAsFloats())",
                    halves,
                    OPERATORS);
        }

        @Override
        public CodeBlock multiply(String a, String b) {
            return CodeBlock.of("$L.mul($L)", a, b);
        }

        /** Four bytes are read as an int: a vector of 8 would read beyond the panel. */
        private CodeBlock fourBytes(String segment, CodeBlock offset) {
            return CodeBlock.of(
                    "$1T.broadcast($1T.SPECIES_64, $2L.get($3T.JAVA_INT_UNALIGNED.withOrder($4T.LITTLE_ENDIAN),"
                            + " $5L)).reinterpretAsBytes()",
                    INTS,
                    segment,
                    ValueLayout.class,
                    ByteOrder.class,
                    offset);
        }

        @Override
        public CodeBlock multiplyAdd(String a, String b, String c) {
            return CodeBlock.of("$L.fma($L, $L)", a, b, c);
        }

        @Override
        public CodeBlock addToInts(String value, String array, CodeBlock index) {
            return CodeBlock.of(
                    "(($1T) $2L.convertShape($3T.F2I, $4L, 0)).add($1T.fromArray($4L, $5L, $6L)).intoArray($5L, $6L)",
                    INTS,
                    value,
                    OPERATORS,
                    species(INTS),
                    array,
                    index);
        }

        private CodeBlock species(ClassName vector) {
            return CodeBlock.of("$T.SPECIES_$L", vector, lanes * Float.SIZE);
        }
    }
}
