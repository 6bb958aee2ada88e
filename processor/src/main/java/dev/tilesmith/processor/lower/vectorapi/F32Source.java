package dev.tilesmith.processor.lower.vectorapi;

import com.palantir.javapoet.CodeBlock;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.Decoding.Stored;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Pass;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.Register;
import java.util.List;

/**
 * Writes a program of f32 rows, and weights that are floats of any kind, as Java statements. They name the parameters of
 * {@code dev.tilesmith.kernel.drive.F32Tiles}: {@code
 * lhs, lhsOffset, rhs, rhsOffset, sums, sumsOffset, k} while sums are accumulated; {@code rows, sums, sumsOffset, rhs,
 * metadata, clamp, clampMin, clampMax, dst, dstOffset, dstStride} when they are finished.
 */
public final class F32Source {
    private final Program program;
    private final PanelColumns columns;
    private final Dialect dialect;
    private final FloatOps ops;
    private final LhsRows rows;

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
     * @param rows those of the left operand
     */
    public F32Source(Program program, Dialect dialect, LhsRows rows) {
        if (!program.contraction().isChainOfFloats(Product.FMA)) {
            throw new IllegalArgumentException("no Java of f32 tiles for " + program.contraction());
        }
        this.program = program;
        this.dialect = dialect;
        this.ops = new FloatOps(dialect);
        this.rows = rows;
        this.columns = PanelColumns.of(program);
    }

    /** Loads the sums, continues them over k, and stores them back. */
    public CodeBlock accumulate() {
        final CodeBlock.Builder code = CodeBlock.builder();
        final SourceNames names = new SourceNames(1);
        SourceNames.eachSum(
                program,
                (row, v) -> code.addStatement(
                        "$T $L = $L", dialect.type(), names.sum(row, v), dialect.fromArray("sums", sumAt(row, v))));
        code.beginControlFlow("for (int p = 0; p < k; p++)");
        code.addStatement("final int lhsAt = lhsOffset + p");
        code.addStatement("final long rhsAt = rhsOffset + p * $LL", (long) program.nr() * stored().bytes());
        step(code, names);
        code.endControlFlow();
        SourceNames.eachSum(
                program, (row, v) -> code.addStatement(dialect.intoArray(names.sum(row, v), "sums", sumAt(row, v))));
        return code.build();
    }

    private CodeBlock sumAt(int row, int vector) {
        return plus("sumsOffset", row * program.nr() + vector * program.lanes());
    }

    private void step(CodeBlock.Builder code, SourceNames names) {
        for (int v = 0; v < program.vectors(); v++) {
            loadRhs(code, names.rhs(v, 0), plus("rhsAt", v * program.lanes() * stored().bytes()));
        }
        for (int row = 0; row < program.mr(); row++) {
            final String lhs = names.lhs(row, 0);
            declare(code, lhs, dialect.broadcast(rows.value("lhsAt", row, 0)));
            for (int v = 0; v < program.vectors(); v++) {
                final String sum = names.sum(row, v);
                code.addStatement("$L = $L", sum, dialect.fma(lhs, names.rhs(v, 0), sum));
            }
        }
    }

    private Stored stored() {
        return program.contraction().rhs().stored();
    }

    /** A vector of weights, widened once for all rows. */
    private void loadRhs(CodeBlock.Builder code, String name, CodeBlock at) {
        switch (stored()) {
            case F32 -> declare(code, name, dialect.fromSegment("rhs", at));
            case F16 -> code.add(dialect.declareF16(name, "rhs", at));
            case BF16 -> declare(code, name, dialect.fromBf16("rhs", at));
            case INT8, NIBBLES, TWO_BITS -> throw new IllegalStateException("integers are no floats: " + stored());
        }
    }

    private void declare(CodeBlock.Builder code, Object name, CodeBlock value) {
        ops.declare(code, name, value);
    }

    /** Makes results of the sums of all rows. */
    public CodeBlock finish(Storage storage) {
        final CodeBlock.Builder code = CodeBlock.builder();
        final List<Pass> passes = program.epilogue().passes();
        passes.forEach(pass -> pass.once().forEach(load -> load(code, load)));
        if (passes.stream().anyMatch(pass -> pass.kind() == Pass.Kind.BOUND)) {
            code.beginControlFlow("if (clamp)");
            rows(code, storage, true);
            code.addStatement("return");
            code.endControlFlow();
        }
        rows(code, storage, false);
        return code.build();
    }

    private void load(CodeBlock.Builder code, Op.Load load) {
        final int offset = columns.offsetOf(load.from()) + load.to().vector() * program.lanes() * Float.BYTES;
        declare(code, load.to(), dialect.fromSegment("rhs", plus("metadata", offset)));
    }

    private void rows(CodeBlock.Builder code, Storage storage, boolean clamp) {
        code.beginControlFlow("for (int row = 0; row < rows; row++)");
        code.addStatement("final int sumsAt = sumsOffset + row * $L", program.nr());
        code.addStatement(
                storage == Storage.ARRAY
                        ? "final int dstAt = dstOffset + row * dstStride"
                        : "final long dstAt = dstOffset + row * dstStride");
        for (int v = 0; v < program.vectors(); v++) {
            declare(
                    code,
                    program.contraction().result(v),
                    dialect.fromArray("sums", plus("sumsAt", v * program.lanes())));
        }
        for (final Op op : program.epilogue().rowsVectorByVector()) {
            finishOp(code, storage, clamp, op);
        }
        code.endControlFlow();
    }

    private void finishOp(CodeBlock.Builder code, Storage storage, boolean clamp, Op op) {
        switch (op) {
            case Op.Load load -> load(code, load);
            case Op.Computing computing -> ops.write(code, computing);
            case Op.Clamp(Register to, Register from) ->
                declare(
                        code,
                        to,
                        clamp ? dialect.clamp(from.toString(), "clampMin", "clampMax") : CodeBlock.of("$L", from));
            case Op.Store(Register from) -> store(code, storage, from);
            case Op.IntClamp _, Op.StoreBytes _ ->
                throw new IllegalArgumentException("no Java of f32 tiles ends with: " + op);
        }
    }

    private void store(CodeBlock.Builder code, Storage storage, Register from) {
        final int column = from.vector() * program.lanes();
        code.addStatement(
                switch (storage) {
                    case ARRAY -> dialect.intoArray(from.toString(), "dst", plus("dstAt", column));
                    case SEGMENT -> dialect.intoSegment(from.toString(), "dst", plus("dstAt", column * Float.BYTES));
                });
    }

    private static CodeBlock plus(String base, int offset) {
        return SourceNames.plus(base, offset);
    }
}
