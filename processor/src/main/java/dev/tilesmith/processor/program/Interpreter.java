package dev.tilesmith.processor.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Runs a program in plain Java, value by value, so that its logic is tested on any machine for every target. What is stored,
 * and lanes, are kept as 32-bit patterns.
 */
public final class Interpreter {
    private final Program program;
    private final Contraction contraction;
    private final Operands operands;

    /** The operands of one tile, as 32-bit patterns. */
    public interface Operands {
        /** What a row has from the element {@code from} on, as many as 32 bits hold. */
        int lhs(int row, int from);

        /** What a row has for a column from {@code from} on, where it has values for each: as many as 32 bits hold. */
        default int lhs(int row, int column, int from) {
            throw new IllegalArgumentException("a row has the same values for all columns");
        }

        /**
         * What a column has from the value {@code from} on: one binary32, or 16 bits of a float, or four bytes that lie
         * together, or fewer if no more do. The first holds that value, and if it holds several, others.
         */
        int rhs(int column, int from);

        /** What the sums of a row begin with in a block: an integer, or a binary32 if sums are. */
        int beginning(int row, int block);

        /** What the result holds from an earlier part of K. */
        default int earlier(int row, int column) {
            return 0;
        }

        /** The four bytes of the table. */
        default int table() {
            throw new IllegalArgumentException("there is no table");
        }

        /** The smallest value of the table. */
        default int smallest() {
            throw new IllegalArgumentException("there is no table");
        }

        /** What a block has for the columns and rows. */
        default Blocks blocks() {
            throw new IllegalArgumentException("there are no blocks");
        }

        /** What a panel has for a column. */
        int ofColumn(ColumnPart part, int column);

        /** What a row has after its values. */
        int ofRow(RowPart part, int row);

        /** Takes a result. */
        void store(int row, int column, int bits);

        /** The lower bound of a result. */
        float clampMin();

        /** The upper bound of a result. */
        float clampMax();
    }

    /** What blocks of K have. */
    public interface Blocks {
        /** The bits of a column's scale, in its format. */
        int scale(int column, int block);

        /** The bits of a column's minimum, in the same format. */
        int min(int column, int block);

        /** The scale of a row. */
        float scaleOfRow(int row, int block);

        /** The sum of a row's values, times its scale. */
        float scaledSumOfRow(int row, int block);
    }

    /** Prepares to run {@code program} on {@code operands}. */
    public Interpreter(Program program, Operands operands) {
        this.program = program;
        this.contraction = program.contraction();
        this.operands = operands;
    }

    /** Runs all of a tile over {@code steps} steps along K. */
    public void run(int steps) {
        run(1, steps);
    }

    /** Runs all of a tile over {@code blocks} blocks of {@code steps} steps along K. */
    public void run(int blocks, int steps) {
        final List<Map<Register, int[]>> rows = new ArrayList<>();
        for (int row = 0; row < program.mr(); row++) {
            final Map<Register, int[]> registers = new HashMap<>();
            for (int v = 0; v < program.vectors(); v++) {
                registers.put(contraction.result(v), results(row, v, blocks, steps));
            }
            rows.add(registers);
        }
        for (final Pass pass : program.epilogue().passes()) {
            for (int row = 0; row < program.mr(); row++) {
                for (final Op op : pass.ops()) {
                    run(op, row, rows.get(row));
                }
            }
        }
    }

    private int[] results(int row, int vector, int blocks, int steps) {
        return lanes(lane -> {
            final int column = vector * program.lanes() + lane;
            float total = 0f;
            int sum = 0;
            for (int block = 0; block < blocks; block++) {
                sum = beginning(row, column, block);
                for (int step = block * steps; step < (block + 1) * steps; step++) {
                    sum = step(row, column, step * contraction.stepValues(), sum);
                }
                total = end(row, column, block, number(sum), total);
            }
            return contraction.hasTotals() ? Float.floatToRawIntBits(total) : sum;
        });
    }

    private int beginning(int row, int column, int block) {
        return switch (contraction.beginning()) {
            case ZERO -> 0;
            case BIAS -> operands.ofColumn(ColumnPart.BIAS, column);
            case RESULT -> operands.earlier(row, column);
            case ROW -> operands.beginning(row, block);
        };
    }

    private float number(int sum) {
        return switch (contraction.product().sums()) {
            case F32 -> Float.intBitsToFloat(sum);
            case I32 -> sum;
        };
    }

    private float end(int row, int column, int block, float sum, float total) {
        return switch (contraction.end()) {
            case BlockEnd.None() -> total;
            case BlockEnd.OfWeights(BlockEnd.Scale format) ->
                Math.fma(sum, format.value(operands.blocks().scale(column, block)), total);
            case BlockEnd.OfBoth(BlockEnd.Scale format, boolean minima) -> {
                final Blocks of = operands.blocks();
                final float withMin = minima
                        ? Math.fma(format.value(of.min(column, block)), of.scaledSumOfRow(row, block), total)
                        : total;
                final float scale = of.scaleOfRow(row, block) * format.value(of.scale(column, block));
                yield Math.fma(sum, scale, withMin);
            }
        };
    }

    /** One step: the values of a row from {@code from} on, and what a column has of them. */
    private int step(int row, int column, int from, int sum) {
        final int along = contraction.product().along();
        final int parts = contraction.stepValues() / along;
        int result = sum;
        for (int part = 0; part < parts; part++) {
            result = switch (contraction.product()) {
                case FMA, OUTER_FMA -> {
                    final float a = Float.intBitsToFloat(operands.lhs(row, from));
                    final float b = widened(operands.rhs(column, from));
                    yield Float.floatToRawIntBits(Math.fma(a, b, Float.intBitsToFloat(result)));
                }
                case FMA_BY_COLUMN -> {
                    final float a = Float.intBitsToFloat(operands.lhs(row, column, from));
                    final float b = widened(operands.rhs(column, from));
                    yield Float.floatToRawIntBits(Math.fma(a, b, Float.intBitsToFloat(result)));
                }
                case BF16_DOT_BY_PARITY ->
                    Float.floatToRawIntBits(Bf16Dots.byParity(
                            along, ofRow(row, from), ofColumn(column, from), Float.intBitsToFloat(result)));
                case BF16_DOT_OF_PAIRS ->
                    Float.floatToRawIntBits(
                            Bf16Dots.ofPair(ofRow(row, from), ofColumn(column, from), Float.intBitsToFloat(result)));
                case BF16_BLOCK_DOT, OUTER_BF16_DOT ->
                    Float.floatToRawIntBits(Bf16Dots.toOdd(
                            along, ofRow(row, from), ofColumn(column, from), Float.intBitsToFloat(result)));
                case EXACT_FMA -> {
                    final float a = Float.intBitsToFloat(operands.lhs(row, from + part));
                    yield Float.floatToRawIntBits(a * rhs(column, from, part, 0) + Float.intBitsToFloat(result));
                }
                case EXACT_FMA_BY_COLUMN -> {
                    final float a = Float.intBitsToFloat(operands.lhs(row, column, from));
                    yield Float.floatToRawIntBits(a * rhs(column, from, part, 0) + Float.intBitsToFloat(result));
                }
                case DOT_OF_FOUR_BY_COLUMN -> {
                    final int values = operands.lhs(row, column, from);
                    int dot = result;
                    for (int i = 0; i < along; i++) {
                        dot += contraction.lhs().of(values, i) * rhs(column, from, part, i);
                    }
                    yield dot;
                }
                case DOT_OF_PAIRS, DOT_OF_FOUR, DOT_OF_FOUR_BY_PAIRS, SIGNED_DOT_OF_FOUR, BLOCK_DOT, OUTER_DOT ->
                    result + dot(row, column, from, part);
            };
        }
        return result;
    }

    private Bf16Dots.Values ofRow(int row, int from) {
        return index -> bf16OfRow(row, from + index);
    }

    private Bf16Dots.Values ofColumn(int column, int from) {
        return index -> widened(operands.rhs(column, from + index));
    }

    /** A BF16 of a row, of which 32 bits hold two. */
    private float bf16OfRow(int row, int at) {
        final int word = operands.lhs(row, at & -2);
        return Float.intBitsToFloat(at % 2 == 0 ? word << Short.SIZE : word >>> Short.SIZE << Short.SIZE);
    }

    /** A float, of the bits that a column has. */
    private float widened(int bits) {
        return switch (contraction.rhs().stored()) {
            case F32 -> Float.intBitsToFloat(bits);
            case F16 -> Float.float16ToFloat((short) bits);
            case BF16 -> Float.intBitsToFloat(bits << Short.SIZE);
            case INT8, NIBBLES, TWO_BITS -> throw new IllegalStateException("integers are no floats");
        };
    }

    private int dot(int row, int column, int from, int part) {
        final int along = contraction.product().along();
        int sum = 0;
        for (int i = 0; i < along; i++) {
            sum += lhs(row, from + part * along, i) * rhs(column, from, part, i);
        }
        return sum;
    }

    private int lhs(int row, int from, int index) {
        final int perWord = contraction.lhs().perWord();
        return contraction.lhs().of(operands.lhs(row, from + index / perWord * perWord), index % perWord);
    }

    /** The element that is the {@code index}-th of a product. */
    private int rhs(int column, int from, int part, int index) {
        final int parts = contraction.rhs().stored().parts();
        return switch (contraction.rhs().order()) {
            case PART_BY_PART -> element(rhsByte(column, from, index), part);
            case ALL_AT_ONCE -> element(rhsByte(column, from, index / parts), index % parts);
        };
    }

    private int rhsByte(int column, int from, int index) {
        return operands.rhs(column, from + index / Integer.BYTES * Integer.BYTES)
                >> (index % Integer.BYTES * Byte.SIZE);
    }

    private int element(int bits, int part) {
        final int stored =
                switch (contraction.rhs().stored()) {
                    case F32, F16, BF16 -> throw new IllegalStateException("floats are no integers");
                    case INT8 -> (byte) bits;
                    case NIBBLES -> (bits >> (4 * part)) & 15;
                    case TWO_BITS -> (operands.table() >> (((bits >> (2 * part)) & 3) * Byte.SIZE)) & 0xff;
                };
        final int value =
                switch (contraction.rhs().addend()) {
                    case NOTHING -> stored;
                    case PLUS_128 -> stored + 128;
                    case MINUS_8 -> stored - 8;
                    case SMALLEST -> stored + operands.smallest();
                };
        return switch (contraction.rhs().element()) {
            case F32 -> value;
            case BF16 -> throw new IllegalStateException("floats are no integers");
            case I16 -> (short) value;
            case I8 -> (byte) value;
            case U8 -> value & 0xff;
        };
    }

    private void run(Op op, int row, Map<Register, int[]> registers) {
        final Lanes of = new Lanes(registers);
        switch (op) {
            case Op.Load(Register to, ColumnPart part) ->
                of.ints(to, lane -> operands.ofColumn(part, to.vector() * program.lanes() + lane));
            case Op.LoadOfRow(Register to, RowPart part) -> of.ints(to, _ -> operands.ofRow(part, row));
            case Op.IntMultiply(Register to, Register a, Register b) ->
                of.ints(to, lane -> of.bits(a, lane) * of.bits(b, lane));
            case Op.IntSubtract(Register to, Register a, Register b) ->
                of.ints(to, lane -> of.bits(a, lane) - of.bits(b, lane));
            case Op.IntNegate(Register to, Register from) -> of.ints(to, lane -> -of.bits(from, lane));
            case Op.IntAdd(Register to, Register a, Register b) ->
                of.ints(to, lane -> of.bits(a, lane) + of.bits(b, lane));
            case Op.Convert(Register to, Register from) -> {
                switch (to.type()) {
                    case F32 -> of.floats(to, lane -> of.bits(from, lane));
                    case I32 -> of.ints(to, lane -> (int) of.f32(from, lane));
                }
            }
            case Op.FusedMultiplyAdd(Register to, Register a, Register b, Register addend) ->
                of.floats(to, lane -> Math.fma(of.f32(a, lane), of.f32(b, lane), of.f32(addend, lane)));
            case Op.Multiply(Register to, Register a, Register b) ->
                of.floats(to, lane -> of.f32(a, lane) * of.f32(b, lane));
            case Op.Add(Register to, Register a, Register b) ->
                of.floats(to, lane -> of.f32(a, lane) + of.f32(b, lane));
            case Op.Divide(Register to, Register a, Register b) ->
                of.floats(to, lane -> of.f32(a, lane) / of.f32(b, lane));
            case Op.ScaleByPower(Register to, Register a, Register b) ->
                of.ints(to, lane -> of.bits(a, lane) + (of.bits(b, lane) << Op.ScaleByPower.EXPONENT));
            case Op.Magnitude(Register to, Register from) -> of.floats(to, lane -> Math.abs(of.f32(from, lane)));
            case Op.Constant(Register to, float value) -> of.floats(to, _ -> value);
            case Op.AtLeast(Register to, Register from, float bound) ->
                of.floats(to, lane -> Math.max(of.f32(from, lane), bound));
            case Op.AtMost(Register to, Register from, float bound) ->
                of.floats(to, lane -> Math.min(of.f32(from, lane), bound));
            case Op.Round(Register to, Register from) ->
                of.ints(to, lane -> Math.clamp((int) Math.rint(of.f32(from, lane)), Short.MIN_VALUE, Short.MAX_VALUE));
            case Op.Clamp(Register to, Register from) ->
                of.floats(to, lane -> Math.min(Math.max(of.f32(from, lane), operands.clampMin()), operands.clampMax()));
            case Op.IntClamp(Register to, Register from) ->
                of.ints(
                        to,
                        lane -> Math.min(
                                Math.max(of.bits(from, lane), (int) operands.clampMin()), (int) operands.clampMax()));
            case Op.StoreBytes(Register from) ->
                store(row, from, lane -> Math.clamp(of.bits(from, lane), Byte.MIN_VALUE, Byte.MAX_VALUE));
            case Op.Store(Register from) -> store(row, from, lane -> of.bits(from, lane));
        }
    }

    private void store(int row, Register from, IntUnaryOperator lane) {
        for (int i = 0; i < program.lanes(); i++) {
            operands.store(row, from.vector() * program.lanes() + i, lane.applyAsInt(i));
        }
    }

    private int[] lanes(IntUnaryOperator lane) {
        final int[] lanes = new int[program.lanes()];
        Arrays.setAll(lanes, lane);
        return lanes;
    }

    /** The registers of one row. */
    private final class Lanes {
        private final Map<Register, int[]> registers;

        Lanes(Map<Register, int[]> registers) {
            this.registers = registers;
        }

        int bits(Register register, int lane) {
            final int[] lanes = registers.get(register);
            if (lanes == null) {
                throw new IllegalStateException("register " + register + " is read before it is written");
            }
            return lanes[lane];
        }

        float f32(Register register, int lane) {
            return Float.intBitsToFloat(bits(register, lane));
        }

        void ints(Register to, IntUnaryOperator lane) {
            registers.put(to, lanes(lane));
        }

        void floats(Register to, FloatLane lane) {
            registers.put(to, lanes(i -> Float.floatToRawIntBits(lane.value(i))));
        }
    }

    /** The value of one lane. */
    private interface FloatLane {
        float value(int lane);
    }
}
