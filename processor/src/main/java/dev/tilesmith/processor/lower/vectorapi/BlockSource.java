package dev.tilesmith.processor.lower.vectorapi;

import com.palantir.javapoet.CodeBlock;
import dev.tilesmith.processor.program.Cell;
import dev.tilesmith.processor.program.Cell.Operand;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.Register;
import java.util.List;

/**
 * Writes a program of weights of four bits, of two, or in blocks, as Java statements. They name the parameters of {@code dev.tilesmith.runtime.Int8Tiles} where a
 * channel has one scale, and of {@code dev.tilesmith.runtime.BlockTiles} where blocks have scales. The accumulators are
 * floats that hold integers; what becomes of sums and totals when all of K is done is the runtime's, once for all tiles.
 */
public final class BlockSource {
    private final Program program;
    private final Int8Dialect integers;
    private final Dialect floats;
    private final int lhsStride;

    /**
     * Writes {@code program} for vectors of its lanes.
     *
     * @param lhsStride floats between the rows of the left operand's block
     */
    public BlockSource(Program program, int lhsStride) {
        this.program = program;
        this.integers = Int8Dialect.of(program.lanes());
        this.floats = program.lanes() == 1 ? new Dialect.Scalar() : new Dialect.Vector(program.lanes() * Float.SIZE);
        this.lhsStride = lhsStride;
    }

    /** Sums products over {@code k} values and adds them to the sums, which have begun as the program says. */
    public CodeBlock addToSums() {
        final CodeBlock.Builder code = CodeBlock.builder();
        eachSum((row, v) -> declareSum(code, row, v, CodeBlock.of("0f")));
        final int perByte = valuesPerByte();
        code.beginControlFlow("for (int p = 0; p < k; p += $L)", perByte);
        code.addStatement("final int lhsAt = lhsOffset + p");
        code.addStatement(
                "final long rhsAt = rhsOffset + (p >> $L) * $LL", Integer.numberOfTrailingZeros(perByte), (long)
                        program.nr());
        program.step().forEach(op -> step(code, op));
        code.endControlFlow();
        eachSum((row, v) -> code.addStatement(integers.addToInts(
                program.sum(row, v).name(), "sums", plus("sumsOffset", row * program.nr() + v * program.lanes()))));
        return code.build();
    }

    /** Goes over {@code blocks} blocks, and adds each one's scaled sums to the totals. */
    public CodeBlock addToTotals() {
        final CodeBlock.Builder code = CodeBlock.builder();
        code.addStatement("int blockAt = lhsOffset");
        code.addStatement("long rhsAt = rhsOffset");
        code.beginControlFlow("for (int block = 0; block < blocks; block++)");
        final boolean begun = program.begin().getFirst() instanceof Op.Broadcast;
        eachSum((row, v) -> declareSum(
                code, row, v, begun ? CodeBlock.of("lhs[$L]", plus("blockAt", row * lhsStride)) : CodeBlock.of("0f")));
        code.addStatement("final int end = blockAt + blockLength + $L", before());
        code.beginControlFlow("for (int lhsAt = blockAt + $L; lhsAt < end; lhsAt += $L)", before(), valuesPerByte());
        program.step().forEach(op -> step(code, op));
        code.addStatement("rhsAt += $L", program.nr());
        code.endControlFlow();
        program.end().forEach(op -> end(code, op));
        code.addStatement("rhsAt += $L", program.nr() * scaleBytes());
        code.addStatement("blockAt = end");
        code.endControlFlow();
        return code.build();
    }

    private void declareSum(CodeBlock.Builder code, int row, int vector, CodeBlock value) {
        code.addStatement("$T $L = $L", floats.type(), program.sum(row, vector), floats.broadcast(value));
    }

    private int valuesPerByte() {
        return program.step().stream()
                .mapToInt(op -> switch (op) {
                    case Op.LookUp _ -> 4;
                    case Op.LoadNibbles _ -> 2;
                    default -> 1;
                })
                .max()
                .orElseThrow();
    }

    /** Which of the values that lie together in a byte a cell of the left operand is multiplied with. */
    private static int place(Operand lhs) {
        return switch (lhs) {
            case LHS_NEXT -> 1;
            case LHS_THIRD -> 2;
            case LHS_FOURTH -> 3;
            default -> 0;
        };
    }

    /** Floats of a row before the values of a block: one, and its scale where it has one. */
    private int before() {
        return program.pairsBlocks() ? 2 : 1;
    }

    /** Bytes of a column after the values of a block. */
    private int scaleBytes() {
        return program.end().stream()
                        .mapToInt(op -> switch (op) {
                            case Op.LoadBf16 _, Op.LoadF16 _ -> Short.BYTES;
                            case Op.Load _ -> Float.BYTES;
                            default -> 0;
                        })
                        .sum()
                / program.vectors();
    }

    private void step(CodeBlock.Builder code, Op op) {
        switch (op) {
            case Op.LoadNibbles(var to, Cell(Operand _, int _, int vector), boolean high) ->
                code.addStatement(
                        "final $T $L = $L",
                        floats.type(),
                        to,
                        integers.nibbles("rhs", plus("rhsAt", vector * program.lanes()), high));
            case Op.LookUp(var to, var _, Cell(Operand _, int _, int vector), int part) ->
                code.addStatement(
                        "final $T $L = $L",
                        floats.type(),
                        to,
                        integers.lookUp("rhs", plus("rhsAt", vector * program.lanes()), part));
            case Op.LoadWidened(var to, Cell(Operand _, int _, int vector)) ->
                code.addStatement(
                        "final $T $L = $L",
                        floats.type(),
                        to,
                        integers.widenBytes("rhs", plus("rhsAt", vector * program.lanes())));
            case Op.Broadcast(var to, Cell(Operand operand, int row, int _)) ->
                code.addStatement(
                        "final $T $L = $L",
                        floats.type(),
                        to,
                        floats.broadcast(CodeBlock.of("lhs[$L]", plus("lhsAt", row * lhsStride + place(operand)))));
            case Op.ExactMultiplyAdd(var sum, var a, var b) ->
                code.addStatement("$L = $L", sum, integers.multiplyAdd(a.name(), b.name(), sum.name()));
            default -> throw new IllegalArgumentException("not in the step of an int4 tile in Java: " + op);
        }
    }

    private void end(CodeBlock.Builder code, Op op) {
        switch (op) {
            case Op.LoadBf16(var to, Cell(Operand _, int _, int vector)) ->
                code.addStatement(
                        "final $T $L = $L",
                        floats.type(),
                        to,
                        integers.bf16("rhs", plus("rhsAt", vector * program.lanes() * Short.BYTES)));
            case Op.Load(var to, Cell(Operand _, int _, int vector)) ->
                code.addStatement(
                        "final $T $L = $L",
                        floats.type(),
                        to,
                        floats.fromSegment("rhs", plus("rhsAt", vector * program.lanes() * Float.BYTES)));
            case Op.LoadF16(var to, Cell(Operand operand, int _, int vector)) -> {
                final int minima = operand == Operand.BLOCK_MIN ? program.nr() : 0;
                code.addStatement(
                        "final $T $L = $L",
                        floats.type(),
                        to,
                        integers.f16("rhs", plus("rhsAt", (minima + vector * program.lanes()) * Short.BYTES)));
            }
            case Op.Broadcast(var to, Cell(Operand operand, int row, int _)) -> {
                final int place = operand == Operand.LHS_BLOCK_SCALE ? 1 : 0;
                code.addStatement(
                        "final $T $L = $L",
                        floats.type(),
                        to,
                        floats.broadcast(CodeBlock.of("lhs[$L]", plus("blockAt", row * lhsStride + place))));
            }
            case Op.Multiply(var to, var a, var b) ->
                code.addStatement("final $T $L = $L", floats.type(), to, integers.multiply(a.name(), b.name()));
            case Op.FusedMultiplyAdd add -> addToTotal(code, add);
            default -> throw new IllegalArgumentException("not at the end of a block of an int4 tile in Java: " + op);
        }
    }

    /** A total is loaded by the first operation on it, and stored after the last: there are more than registers. */
    private void addToTotal(CodeBlock.Builder code, Op.FusedMultiplyAdd add) {
        final Register total = add.sum();
        final List<Op.FusedMultiplyAdd> all = program.end().stream()
                .filter(Op.FusedMultiplyAdd.class::isInstance)
                .map(Op.FusedMultiplyAdd.class::cast)
                .filter(other -> other.sum().equals(total))
                .toList();
        if (add.equals(all.getFirst())) {
            code.addStatement("$T $L = $L", floats.type(), total, floats.fromArray("totals", totalAt(total)));
        }
        code.addStatement("$L = $L", total, floats.fma(add.a().name(), add.b().name(), total.name()));
        if (add.equals(all.getLast())) {
            code.addStatement(floats.intoArray(total.name(), "totals", totalAt(total)));
        }
    }

    private CodeBlock totalAt(Register total) {
        return plus("totalsOffset", place(total.name()));
    }

    /** Where a total lies, counted from the first of the tile. */
    private int place(String total) {
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                if (program.total(row, v).name().equals(total)) {
                    return row * program.nr() + v * program.lanes();
                }
            }
        }
        throw new IllegalArgumentException("no total of the tile: " + total);
    }

    private void eachSum(SumAction action) {
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                action.at(row, v);
            }
        }
    }

    private static CodeBlock plus(String base, int offset) {
        return offset == 0 ? CodeBlock.of("$L", base) : CodeBlock.of("$L + $L", base, offset);
    }

    /** What is done with one accumulator. */
    private interface SumAction {
        void at(int row, int vector);
    }
}
