package dev.tilesmith.processor.program;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Runs a program in plain Java, lane by lane, so that its logic is tested on any machine for every target. Lanes are
 * kept as 32-bit patterns.
 */
public final class Interpreter {
    private final Program program;
    private final Operands operands;
    private final Map<Register, int[]> registers = new HashMap<>();

    /** The operands of one tile, as 32-bit patterns. */
    public interface Operands {
        /**
         * The lanes of a vector, or the one value of a cell that has no columns.
         *
         * @param cell the place
         * @param step the step along K, counted from 0 over all blocks; for cells that belong to a block, that block;
         *     meaningless for cells that do not move along K
         */
        int[] load(Cell cell, int step);

        /** Takes a vector of the result. */
        void store(Cell cell, int[] lanes);

        /** The lower bound of a result. */
        float clampMin();

        /** The upper bound of a result. */
        float clampMax();
    }

    /** Prepares to run {@code program} on {@code operands}. */
    public Interpreter(Program program, Operands operands) {
        this.program = program;
        this.operands = operands;
    }

    /** Runs all of a tile over {@code steps} steps along K. */
    public void run(int steps) {
        run(1, steps);
    }

    /** Runs all of a tile over {@code blocks} blocks of {@code steps} steps along K. */
    public void run(int blocks, int steps) {
        program.accumulators().forEach(sum -> registers.put(sum, new int[program.accumulatorLanes()]));
        program.totals().forEach(total -> registers.put(total, new int[program.lanes()]));
        for (int block = 0; block < blocks; block++) {
            run(program.begin(), block, 0);
            for (int step = 0; step < steps; step++) {
                run(program.step(), block * steps + step, 0);
            }
            run(program.end(), block, 0);
        }
        run(program.join(), 0, 0);
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                registers.put(
                        program.rowSum(v), read(program.hasTotals() ? program.total(row, v) : program.sum(row, v)));
            }
            run(program.finish(), 0, row);
        }
    }

    private void run(List<Op> ops, int step, int row) {
        for (final Op op : ops) {
            switch (op) {
                case Op.Load(Register to, Cell from) -> registers.put(to, operands.load(at(from, row), step));
                case Op.Broadcast(Register to, Cell from) ->
                    registers.put(to, filled(operands.load(at(from, row), step)[0]));
                case Op.FusedMultiplyAdd(Register sum, Register a, Register b) ->
                    floats(sum, lane -> Math.fma(f32(a, lane), f32(b, lane), f32(sum, lane)));
                case Op.ExactMultiplyAdd(Register sum, Register a, Register b) ->
                    floats(sum, lane -> f32(a, lane) * f32(b, lane) + f32(sum, lane));
                case Op.LoadWidened(Register to, Cell from) ->
                    registers.put(to, widened(to.type(), operands.load(at(from, row), step)));
                case Op.LoadNibbles(Register to, Cell from, boolean high) ->
                    registers.put(to, nibbles(to.type(), operands.load(at(from, row), step), high));
                case Op.LookUp(Register to, Register table, Cell from, int part) ->
                    registers.put(to, lookedUp(to.type(), read(table)[0], operands.load(at(from, row), step), part));
                case Op.LookUpAll(Register to, Register table, Cell from) ->
                    registers.put(to, allLookedUp(read(table)[0], operands.load(at(from, row), step)));
                case Op.AddBytes(Register to, Register a, Register b) ->
                    ints(to, lane -> addBytes(read(a)[lane], read(b)[lane]));
                case Op.LoadSignedNibbles(Register to, Cell from, int offset) ->
                    registers.put(to, signedNibbles(operands.load(at(from, row), step), offset));
                case Op.Zero(Register to) -> registers.put(to, new int[read(to).length]);
                case Op.LoadBf16(Register to, Cell from) ->
                    registers.put(
                            to,
                            Arrays.stream(operands.load(at(from, row), step))
                                    .map(lane -> lane << 16)
                                    .toArray());
                case Op.LoadOffset(Register to, Cell from) ->
                    registers.put(
                            to,
                            Arrays.stream(operands.load(at(from, row), step))
                                    .map(lane -> lane ^ 0x80808080)
                                    .toArray());
                case Op.LoadF16(Register to, Cell from) ->
                    registers.put(
                            to,
                            Arrays.stream(operands.load(at(from, row), step))
                                    .map(lane -> Float.floatToRawIntBits(Float.float16ToFloat((short) lane)))
                                    .toArray());
                case Op.IntNegate(Register to, Register from) -> ints(to, lane -> -read(from)[lane]);
                case Op.Dot(Register sum, Register a, Register b) ->
                    ints(sum, lane -> dot(a, lane, b, lane) + read(sum)[lane]);
                case Op.BlockDot(Register sum, Register a, Register b) ->
                    ints(sum, lane -> blockDot(a, b, lane) + read(sum)[lane]);
                case Op.FusedOuterProduct(Register tile, Register a, Register b) ->
                    outer(
                            tile,
                            (i, j, sum) ->
                                    Float.floatToRawIntBits(Math.fma(f32(a, i), f32(b, j), Float.intBitsToFloat(sum))));
                case Op.DotOuterProduct(Register tile, Register a, Register b) ->
                    outer(tile, (i, j, sum) -> dot(a, i, b, j) + sum);
                case Op.TileRow(Register to, Register tile, int tileRow) ->
                    ints(to, lane -> read(tile)[tileRow * program.lanes() + lane]);
                case Op.Halves(Register to, Register a, Register b, boolean second) ->
                    ints(to, lane -> read(lane < 2 ? a : b)[lane % 2 + (second ? 2 : 0)]);
                case Op.IntMultiply(Register to, Register a, Register b) ->
                    ints(to, lane -> read(a)[lane] * read(b)[lane]);
                case Op.IntSubtract(Register to, Register a, Register b) ->
                    ints(to, lane -> read(a)[lane] - read(b)[lane]);
                case Op.IntAdd(Register to, Register a, Register b) -> ints(to, lane -> read(a)[lane] + read(b)[lane]);
                case Op.Round(Register to, Register from) ->
                    ints(to, lane -> Math.clamp((int) Math.rint(f32(from, lane)), Short.MIN_VALUE, Short.MAX_VALUE));
                case Op.IntClamp(Register to, Register from) -> ints(to, lane -> bounded(read(from)[lane]));
                case Op.StoreBytes(Register from, Cell to) ->
                    operands.store(
                            at(to, row),
                            Arrays.stream(read(from))
                                    .map(lane -> Math.clamp(lane, Byte.MIN_VALUE, Byte.MAX_VALUE))
                                    .toArray());
                case Op.Convert(Register to, Register from) -> convert(to, from);
                case Op.Multiply(Register to, Register a, Register b) ->
                    floats(to, lane -> f32(a, lane) * f32(b, lane));
                case Op.Add(Register to, Register a, Register b) -> floats(to, lane -> f32(a, lane) + f32(b, lane));
                case Op.Clamp(Register to, Register from) ->
                    floats(to, lane -> Math.min(Math.max(f32(from, lane), operands.clampMin()), operands.clampMax()));
                case Op.Store(Register from, Cell to) ->
                    operands.store(at(to, row), read(from).clone());
            }
        }
    }

    private static int[] nibbles(LaneType type, int[] bytes, boolean high) {
        return Arrays.stream(bytes)
                .map(lane -> high ? lane >>> 4 : lane)
                .map(lane -> switch (type) {
                    case F32 -> Float.floatToRawIntBits(lane & 0xf);
                    case U8X4, I8X4 -> lane & 0x0f0f0f0f;
                    case I32, I16X2 -> throw new IllegalArgumentException("four bits are not widened to " + type);
                })
                .toArray();
    }

    private static int[] lookedUp(LaneType type, int table, int[] bytes, int part) {
        return Arrays.stream(bytes)
                .map(lane -> switch (type) {
                    case F32 -> Float.floatToRawIntBits(lookedUp(table, lane, part));
                    case U8X4, I8X4 -> fourBytes(i -> lookedUp(table, lane >> (i * Byte.SIZE), part));
                    case I32, I16X2 -> throw new IllegalArgumentException("what two bits stand for is not of " + type);
                })
                .toArray();
    }

    private static int[] allLookedUp(int table, int[] bytes) {
        return Arrays.stream(bytes)
                .map(lane -> fourBytes(part -> lookedUp(table, lane, part)))
                .toArray();
    }

    private static int addBytes(int a, int b) {
        return fourBytes(i -> (a >> (i * Byte.SIZE)) + (b >> (i * Byte.SIZE)));
    }

    private static int fourBytes(IntUnaryOperator value) {
        return IntStream.range(0, Integer.BYTES)
                .map(i -> (value.applyAsInt(i) & 0xff) << (i * Byte.SIZE))
                .reduce(0, (a, b) -> a | b);
    }

    private static int[] signedNibbles(int[] bytes, int offset) {
        return Arrays.stream(bytes)
                .map(lane -> {
                    int values = 0;
                    for (int part = 0; part < Integer.BYTES; part++) {
                        final int value = ((lane >> (4 * part)) & 0xf) - offset;
                        values |= (value & 0xff) << (part * Byte.SIZE);
                    }
                    return values;
                })
                .toArray();
    }

    private static int lookedUp(int table, int bits, int part) {
        final int code = (bits >> (2 * part)) & 3;
        return (table >> (code * Byte.SIZE)) & 0xff;
    }

    private int bounded(int value) {
        return Math.min(Math.max(value, (int) operands.clampMin()), (int) operands.clampMax());
    }

    private static int[] widened(LaneType type, int[] bytes) {
        return Arrays.stream(bytes)
                .map(lane -> switch (type) {
                    case F32 -> Float.floatToRawIntBits((byte) lane);
                    case I32 -> (byte) lane;
                    case I16X2 -> ((byte) lane & 0xffff) | ((byte) (lane >> 8) << 16);
                    case U8X4, I8X4 -> throw new IllegalArgumentException("bytes are not widened to " + type);
                })
                .toArray();
    }

    private int dot(Register a, int aLane, Register b, int bLane) {
        int sum = 0;
        for (int part = 0; part < a.type().parts(); part++) {
            sum += a.type().part(read(a)[aLane], part) * b.type().part(read(b)[bLane], part);
        }
        return sum;
    }

    private int blockDot(Register a, Register b, int lane) {
        int sum = 0;
        for (int i = 0; i < 2; i++) {
            final int left = read(a)[lane / 2 * 2 + i];
            final int right = read(b)[lane % 2 * 2 + i];
            for (int part = 0; part < a.type().parts(); part++) {
                sum += a.type().part(left, part) * b.type().part(right, part);
            }
        }
        return sum;
    }

    private void convert(Register to, Register from) {
        switch (to.type()) {
            case F32 -> floats(to, lane -> read(from)[lane]);
            case I32 -> ints(to, lane -> (int) f32(from, lane));
            case U8X4, I8X4, I16X2 -> throw new IllegalArgumentException("nothing is converted to " + to.type());
        }
    }

    private static Cell at(Cell cell, int row) {
        return new Cell(cell.operand(), cell.row() + row, cell.vector());
    }

    private int[] filled(int bits) {
        final int[] lanes = new int[program.lanes()];
        Arrays.fill(lanes, bits);
        return lanes;
    }

    private void floats(Register to, FloatLane lane) {
        final int[] lanes = new int[program.lanes()];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = Float.floatToRawIntBits(lane.value(i));
        }
        registers.put(to, lanes);
    }

    private void ints(Register to, IntUnaryOperator lane) {
        registers.put(to, IntStream.range(0, program.lanes()).map(lane).toArray());
    }

    private void outer(Register tile, TileLane lane) {
        final int[] sums = read(tile).clone();
        for (int i = 0; i < program.lanes(); i++) {
            for (int j = 0; j < program.lanes(); j++) {
                final int at = i * program.lanes() + j;
                sums[at] = lane.value(i, j, sums[at]);
            }
        }
        registers.put(tile, sums);
    }

    private float f32(Register register, int lane) {
        return Float.intBitsToFloat(read(register)[lane]);
    }

    private int[] read(Register register) {
        final int[] lanes = registers.get(register);
        if (lanes == null) {
            throw new IllegalStateException("register " + register + " is read before it is written");
        }
        return lanes;
    }

    /** The value of one lane of a tile, as bits, of the bits that it had. */
    private interface TileLane {
        int value(int row, int column, int sum);
    }

    /** The value of one lane. */
    private interface FloatLane {
        float value(int lane);
    }
}
