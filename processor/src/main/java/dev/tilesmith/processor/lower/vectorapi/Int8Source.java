package dev.tilesmith.processor.lower.vectorapi;

import com.palantir.javapoet.CodeBlock;
import dev.tilesmith.processor.program.Cell;
import dev.tilesmith.processor.program.Cell.Operand;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Program;

/**
 * Writes the steps of an int8 program as Java statements. They name the parameters of {@code
 * dev.tilesmith.runtime.Int8Tiles#accumulate}. The accumulators are floats that hold integers, added to the int sums
 * when the block of K is done; what becomes of the sums is the runtime's, once for all tiles.
 */
public final class Int8Source {
    private final Program program;
    private final Int8Dialect dialect;
    private final int lhsStride;

    /**
     * Writes {@code program} in {@code dialect}.
     *
     * @param lhsStride floats between the rows of the left operand's block
     */
    public Int8Source(Program program, Int8Dialect dialect, int lhsStride) {
        this.program = program;
        this.dialect = dialect;
        this.lhsStride = lhsStride;
    }

    /** Sums products over k, and adds them to the sums. */
    public CodeBlock accumulate() {
        final CodeBlock.Builder code = CodeBlock.builder();
        eachSum((row, v) -> code.addStatement(
                "$T $L = $L", dialect.type(), program.sum(row, v), dialect.broadcast(CodeBlock.of("0f"))));
        code.beginControlFlow("for (int p = 0; p < k; p++)");
        code.addStatement("final int lhsAt = lhsOffset + p");
        code.addStatement("final long rhsAt = rhsOffset + p * $LL", (long) program.nr());
        for (final Op op : program.step()) {
            step(code, op);
        }
        code.endControlFlow();
        eachSum((row, v) -> code.addStatement(dialect.addToInts(
                program.sum(row, v).name(), "sums", plus("sumsOffset", row * program.nr() + v * program.lanes()))));
        return code.build();
    }

    private void step(CodeBlock.Builder code, Op op) {
        switch (op) {
            case Op.LoadWidened(var to, Cell(Operand _, int _, int vector)) ->
                code.addStatement(
                        "final $T $L = $L",
                        dialect.type(),
                        to,
                        dialect.widenBytes("rhs", plus("rhsAt", vector * program.lanes())));
            case Op.Broadcast(var to, Cell(Operand _, int row, int _)) ->
                code.addStatement(
                        "final $T $L = $L",
                        dialect.type(),
                        to,
                        dialect.broadcast(CodeBlock.of("lhs[$L]", plus("lhsAt", row * lhsStride))));
            case Op.ExactMultiplyAdd(var sum, var a, var b) ->
                code.addStatement("$L = $L", sum, dialect.multiplyAdd(a.name(), b.name(), sum.name()));
            default -> throw new IllegalArgumentException("not in the step of an int8 tile in Java: " + op);
        }
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
