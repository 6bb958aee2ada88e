package dev.tilesmith.processor.lower.vectorapi;

import com.palantir.javapoet.CodeBlock;
import dev.tilesmith.processor.program.Cell;
import dev.tilesmith.processor.program.Cell.Operand;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Program;

/**
 * Writes an f32 program as Java statements. They name the parameters of {@code dev.tilesmith.runtime.F32Tiles}: {@code
 * lhs, lhsOffset, rhs, rhsOffset, sums, sumsOffset, k} while sums are accumulated; {@code rows, sums, sumsOffset, rhs,
 * metadata, clamp, clampMin, clampMax, dst, dstOffset, dstStride} when they are finished.
 */
public final class F32Source {
    private final Program program;
    private final Dialect dialect;
    private final int lhsStride;

    /** Where results are stored. */
    public enum Storage {
        /** A {@code float[]}, offsets counted in elements. */
        ARRAY,
        /** A segment, offsets counted in bytes. */
        SEGMENT
    }

    /**
     * Writes {@code program} in {@code dialect}.
     *
     * @param lhsStride floats between the rows of the left operand's block
     */
    public F32Source(Program program, Dialect dialect, int lhsStride) {
        this.program = program;
        this.dialect = dialect;
        this.lhsStride = lhsStride;
    }

    /** Loads the sums, continues them over k, and stores them back. */
    public CodeBlock accumulate() {
        final CodeBlock.Builder code = CodeBlock.builder();
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                code.addStatement(
                        "$T $L = $L", dialect.type(), program.sum(row, v), dialect.fromArray("sums", sumAt(row, v)));
            }
        }
        code.beginControlFlow("for (int p = 0; p < k; p++)");
        code.addStatement("final int lhsAt = lhsOffset + p");
        code.addStatement("final long rhsAt = rhsOffset + p * $LL", (long) program.nr() * Float.BYTES);
        for (final Op op : program.step()) {
            step(code, op);
        }
        code.endControlFlow();
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                code.addStatement(dialect.intoArray(program.sum(row, v).name(), "sums", sumAt(row, v)));
            }
        }
        return code.build();
    }

    private CodeBlock sumAt(int row, int vector) {
        return plus("sumsOffset", row * program.nr() + vector * program.lanes());
    }

    private void step(CodeBlock.Builder code, Op op) {
        switch (op) {
            case Op.Load(var to, Cell(Operand _, int _, int vector)) ->
                code.addStatement(
                        "final $T $L = $L",
                        dialect.type(),
                        to,
                        dialect.fromSegment("rhs", plus("rhsAt", vector * program.lanes() * Float.BYTES)));
            case Op.Broadcast(var to, Cell(Operand _, int row, int _)) ->
                code.addStatement(
                        "final $T $L = $L",
                        dialect.type(),
                        to,
                        dialect.broadcast(CodeBlock.of("lhs[$L]", plus("lhsAt", row * lhsStride))));
            case Op.FusedMultiplyAdd(var sum, var a, var b) ->
                code.addStatement("$L = $L", sum, dialect.fma(a.name(), b.name(), sum.name()));
            default -> throw new IllegalArgumentException("not in the step of an f32 tile: " + op);
        }
    }

    /** Makes results of the sums of all rows. */
    public CodeBlock finish(Storage storage) {
        final CodeBlock.Builder code = CodeBlock.builder();
        for (final Op op : program.finish()) {
            if (op instanceof Op.Load(var to, Cell(Operand _, int _, int vector))) {
                code.addStatement(
                        "final $T $L = $L",
                        dialect.type(),
                        to,
                        dialect.fromSegment("rhs", plus("metadata", vector * program.lanes() * Float.BYTES)));
            }
        }
        if (program.finish().stream().anyMatch(Op.Clamp.class::isInstance)) {
            code.beginControlFlow("if (clamp)");
            rows(code, storage, true);
            code.addStatement("return");
            code.endControlFlow();
        }
        rows(code, storage, false);
        return code.build();
    }

    private void rows(CodeBlock.Builder code, Storage storage, boolean clamp) {
        code.beginControlFlow("for (int row = 0; row < rows; row++)");
        code.addStatement("final int sumsAt = sumsOffset + row * $L", program.nr());
        code.addStatement(
                storage == Storage.ARRAY
                        ? "final int dstAt = dstOffset + row * dstStride"
                        : "final long dstAt = dstOffset + row * dstStride");
        for (int v = 0; v < program.vectors(); v++) {
            code.addStatement(
                    "final $T $L = $L",
                    dialect.type(),
                    program.rowSum(v),
                    dialect.fromArray("sums", plus("sumsAt", v * program.lanes())));
        }
        for (final Op op : program.finish()) {
            finishOp(code, storage, clamp, op);
        }
        code.endControlFlow();
    }

    private void finishOp(CodeBlock.Builder code, Storage storage, boolean clamp, Op op) {
        switch (op) {
            case Op.Load _ -> {} // before the rows
            case Op.Add(var to, var a, var b) ->
                code.addStatement("final $T $L = $L", dialect.type(), to, dialect.add(a.name(), b.name()));
            case Op.Clamp(var to, var from) ->
                code.addStatement(
                        "final $T $L = $L",
                        dialect.type(),
                        to,
                        clamp ? dialect.clamp(from.name(), "clampMin", "clampMax") : CodeBlock.of("$L", from));
            case Op.Store(var from, Cell(Operand _, int _, int vector)) ->
                code.addStatement(
                        storage == Storage.ARRAY
                                ? dialect.intoArray(from.name(), "dst", plus("dstAt", vector * program.lanes()))
                                : dialect.intoSegment(
                                        from.name(), "dst", plus("dstAt", vector * program.lanes() * Float.BYTES)));
            default -> throw new IllegalArgumentException("not in the finish of an f32 tile: " + op);
        }
    }

    private static CodeBlock plus(String base, int offset) {
        return offset == 0 ? CodeBlock.of("$L", base) : CodeBlock.of("$L + $L", base, offset);
    }
}
