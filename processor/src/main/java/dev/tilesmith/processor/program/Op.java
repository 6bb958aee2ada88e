package dev.tilesmith.processor.program;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One operation of an epilogue, on the 32-bit lanes of vectors of one row. */
public sealed interface Op {
    /** One that writes a register. */
    sealed interface Writing extends Op {
        /** The register that is written. */
        Register to();

        @Override
        default Optional<Register> writes() {
            return Optional.of(to());
        }
    }

    /** One that reads one register. */
    sealed interface ReadingOne extends Op {
        /** The register that is read. */
        Register from();

        @Override
        default List<Register> reads() {
            return List.of(from());
        }
    }

    /** One that computes: lowerings do each of them, or refuse it. */
    sealed interface Computing extends Writing {}

    /** One that computes something of one register. */
    sealed interface OfOne extends Computing, ReadingOne {}

    /** One that computes something of two registers. */
    sealed interface OfTwo extends Computing {
        /** The register that is read first. */
        Register a();

        /** The register that is read second. */
        Register b();

        @Override
        default List<Register> reads() {
            return List.of(a(), b());
        }
    }

    /** One that is done where the call asks for bounds. */
    sealed interface Bounding extends Writing, ReadingOne {}

    /** One that stores results. */
    sealed interface Storing extends ReadingOne {
        @Override
        default Optional<Register> writes() {
            return Optional.empty();
        }
    }

    /** Registers that are read. */
    List<Register> reads();

    /** The register that is written; none if something is stored. */
    Optional<Register> writes();

    private static void require(LaneType type, Register... registers) {
        for (final Register register : registers) {
            if (register.type() != type) {
                throw new IllegalArgumentException(
                        "register " + register + " holds " + register.type() + ", not " + type);
            }
        }
    }

    private static void requireNumber(float value) {
        if (!Float.isFinite(value) || Float.floatToRawIntBits(value) == Float.floatToRawIntBits(-0f)) {
            throw new IllegalArgumentException("value: " + value + "; expected a finite number that is not -0");
        }
    }

    /** Loads what a panel has for the columns of a vector. */
    record Load(Register to, ColumnPart from) implements Computing {
        /** Refuses the register of a row. */
        public Load {
            if (to.isOfRow()) {
                throw new IllegalArgumentException("register " + to + " is of a row, and " + from + " of columns");
            }
        }

        @Override
        public List<Register> reads() {
            return List.of();
        }

        @Override
        public String toString() {
            return to + " = " + from.name().toLowerCase(Locale.ROOT) + "[" + to.vector() + "]";
        }
    }

    /** Fills all lanes with what the row has. */
    record LoadOfRow(Register to, RowPart from) implements Computing {
        /** Refuses the register of a vector, and a type that is not the part's. */
        public LoadOfRow {
            if (!to.isOfRow()) {
                throw new IllegalArgumentException("register " + to + " is of columns, and " + from + " of a row");
            }
            require(from == RowPart.ZERO_POINT ? LaneType.I32 : LaneType.F32, to);
        }

        @Override
        public List<Register> reads() {
            return List.of();
        }

        @Override
        public String toString() {
            return to + " = row's " + from.name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@code to = a * b}, the low 32 bits of integers. */
    record IntMultiply(Register to, Register a, Register b) implements OfTwo {
        /** Refuses floats. */
        public IntMultiply {
            require(LaneType.I32, to, a, b);
        }

        @Override
        public String toString() {
            return to + " = " + a + " * " + b;
        }
    }

    /** {@code to = a - b} of 32-bit integers. */
    record IntSubtract(Register to, Register a, Register b) implements OfTwo {
        /** Refuses floats. */
        public IntSubtract {
            require(LaneType.I32, to, a, b);
        }

        @Override
        public String toString() {
            return to + " = " + a + " - " + b;
        }
    }

    /** {@code to = -from} of 32-bit integers. */
    record IntNegate(Register to, Register from) implements OfOne {
        /** Refuses floats. */
        public IntNegate {
            require(LaneType.I32, to, from);
        }

        @Override
        public String toString() {
            return to + " = -" + from;
        }
    }

    /** {@code to = a + b} of 32-bit integers. */
    record IntAdd(Register to, Register a, Register b) implements OfTwo {
        /** Refuses floats. */
        public IntAdd {
            require(LaneType.I32, to, a, b);
        }

        @Override
        public String toString() {
            return to + " = " + a + " + " + b;
        }
    }

    /** The binary32 nearest to a 32-bit integer, ties to even; of a binary32 that is an integer, that integer. */
    record Convert(Register to, Register from) implements OfOne {
        /** Refuses what is of that type already. */
        public Convert {
            if (to.type() == from.type()) {
                throw new IllegalArgumentException("register " + from + " holds " + to.type() + " already");
            }
        }

        @Override
        public String toString() {
            return to + " = " + to.type().name().toLowerCase(Locale.ROOT) + " " + from;
        }
    }

    /** {@code to = a * b + addend} in binary32, rounded once. */
    record FusedMultiplyAdd(Register to, Register a, Register b, Register addend) implements Computing {
        /** Refuses integers. */
        public FusedMultiplyAdd {
            require(LaneType.F32, to, a, b, addend);
        }

        @Override
        public List<Register> reads() {
            return List.of(a, b, addend);
        }

        @Override
        public String toString() {
            return to + " = fma(" + a + ", " + b + ", " + addend + ")";
        }
    }

    /** {@code to = a * b} in binary32. */
    record Multiply(Register to, Register a, Register b) implements OfTwo {
        /** Refuses integers. */
        public Multiply {
            require(LaneType.F32, to, a, b);
        }

        @Override
        public String toString() {
            return to + " = " + a + " * " + b;
        }
    }

    /** {@code to = a + b} in binary32. */
    record Add(Register to, Register a, Register b) implements OfTwo {
        /** Refuses integers. */
        public Add {
            require(LaneType.F32, to, a, b);
        }

        @Override
        public String toString() {
            return to + " = " + a + " + " + b;
        }
    }

    /** {@code to = a / b} in binary32. */
    record Divide(Register to, Register a, Register b) implements OfTwo {
        /** Refuses integers. */
        public Divide {
            require(LaneType.F32, to, a, b);
        }

        @Override
        public String toString() {
            return to + " = " + a + " / " + b;
        }
    }

    /** {@code to = a * 2^n}, of normal values, where {@code b = n + 1.5 * 2^23}: n is added to the bits of the exponent. */
    record ScaleByPower(Register to, Register a, Register b) implements OfTwo {
        /** The bit at which the exponent of a float begins. */
        public static final int EXPONENT = Float.PRECISION - 1;

        /** Refuses integers. */
        public ScaleByPower {
            require(LaneType.F32, to, a, b);
        }

        @Override
        public String toString() {
            return to + " = " + a + " * 2^" + b;
        }
    }

    /** {@code to = |from|} in binary32. */
    record Magnitude(Register to, Register from) implements OfOne {
        /** Refuses integers. */
        public Magnitude {
            require(LaneType.F32, to, from);
        }

        @Override
        public String toString() {
            return to + " = |" + from + "|";
        }
    }

    /** A binary32 in all lanes. */
    record Constant(Register to, float value) implements Computing {
        /** Refuses integers, and values that are not finite, or -0. */
        public Constant {
            require(LaneType.F32, to);
            requireNumber(value);
        }

        @Override
        public List<Register> reads() {
            return List.of();
        }

        @Override
        public String toString() {
            return to + " = " + value;
        }
    }

    /** {@code to = max(from, bound)} as Java defines it: NaN stays NaN, -0 is less than +0. */
    record AtLeast(Register to, Register from, float bound) implements OfOne {
        /** Refuses integers, and a bound that is not finite, or -0. */
        public AtLeast {
            require(LaneType.F32, to, from);
            requireNumber(bound);
        }

        @Override
        public String toString() {
            return to + " = max(" + from + ", " + bound + ")";
        }
    }

    /** {@code to = min(from, bound)} as Java defines it: NaN stays NaN. */
    record AtMost(Register to, Register from, float bound) implements OfOne {
        /** Refuses integers, and a bound that is not finite, or -0. */
        public AtMost {
            require(LaneType.F32, to, from);
            requireNumber(bound);
        }

        @Override
        public String toString() {
            return to + " = min(" + from + ", " + bound + ")";
        }
    }

    /** The integer nearest to a binary32, halves to even, bounded to 16 bits. */
    record Round(Register to, Register from) implements OfOne {
        /** Refuses integers. */
        public Round {
            require(LaneType.I32, to);
            require(LaneType.F32, from);
        }

        @Override
        public String toString() {
            return to + " = round " + from;
        }
    }

    /** {@code to = min(max(from, clampMin), clampMax)} as Java defines them, where the call asks for bounds. */
    record Clamp(Register to, Register from) implements Bounding {
        /** Refuses integers. */
        public Clamp {
            require(LaneType.F32, to, from);
        }

        @Override
        public String toString() {
            return to + " = clamp " + from;
        }
    }

    /** {@code to = min(max(from, clampMin), clampMax)} of integers, where the call asks for bounds. */
    record IntClamp(Register to, Register from) implements Bounding {
        /** Refuses floats. */
        public IntClamp {
            require(LaneType.I32, to, from);
        }

        @Override
        public String toString() {
            return to + " = clamp " + from;
        }
    }

    /** Stores a vector of integers as bytes, each bounded to int8, where its columns are in the result. */
    record StoreBytes(Register from) implements Storing {
        /** Refuses floats. */
        public StoreBytes {
            require(LaneType.I32, from);
        }

        @Override
        public String toString() {
            return "dst[" + from.vector() + "] = int8 " + from;
        }
    }

    /** Stores a vector where its columns are in the result. */
    record Store(Register from) implements Storing {
        @Override
        public String toString() {
            return "dst[" + from.vector() + "] = " + from;
        }
    }
}
