package dev.tilesmith.processor.lower.vectorapi;

import com.palantir.javapoet.CodeBlock;
import dev.tilesmith.processor.program.Decoding.Stored;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;

/**
 * Writes what a program of f32 rows, and weights that are floats of any kind, sums, as Java statements. They name the parameters of
 * {@code dev.tilesmith.kernel.drive.F32Tiles}: {@code lhs, lhsOffset, rhs, rhsOffset, sums, sumsOffset, k}.
 */
public final class F32Source {
    private final Program program;
    private final Dialect dialect;
    private final FloatOps ops;
    private final LhsRows rows;

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
            ops.load(code, stored(), names.rhs(v, 0), "rhs", plus("rhsAt", v * program.lanes() * stored().bytes()));
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

    private void declare(CodeBlock.Builder code, Object name, CodeBlock value) {
        ops.declare(code, name, value);
    }

    private static CodeBlock plus(String base, int offset) {
        return SourceNames.plus(base, offset);
    }
}
