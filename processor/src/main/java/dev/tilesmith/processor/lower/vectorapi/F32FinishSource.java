package dev.tilesmith.processor.lower.vectorapi;

import com.palantir.javapoet.CodeBlock;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Pass;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.Register;
import java.util.List;

/**
 * Writes what becomes of the sums of a program of floats, as Java statements. They name the parameters of
 * {@code dev.tilesmith.kernel.drive.F32Finish}: {@code rows, sums, sumsOffset, rhs, metadata, clamp, clampMin, clampMax, dst,
 * dstOffset, dstStride}.
 */
public final class F32FinishSource {
    private final Program program;
    private final PanelColumns columns;
    private final Dialect dialect;
    private final FloatOps ops;

    /** Where results are stored. */
    public enum Storage {
        /** A {@code float[]}, offsets counted in elements. */
        ARRAY,
        /** A segment, offsets counted in bytes. */
        SEGMENT
    }

    /** Writes {@code program} in {@code dialect}. */
    public F32FinishSource(Program program, Dialect dialect) {
        this.program = program;
        this.dialect = dialect;
        this.ops = new FloatOps(dialect);
        this.columns = PanelColumns.of(program);
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

    private void declare(CodeBlock.Builder code, Object name, CodeBlock value) {
        ops.declare(code, name, value);
    }

    private static CodeBlock plus(String base, int offset) {
        return SourceNames.plus(base, offset);
    }
}
