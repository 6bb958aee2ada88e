package dev.tilesmith.processor.lower.vectorapi;

import com.palantir.javapoet.CodeBlock;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Decoding.Stored;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;

/**
 * Writes what a program sums whose rows, pixels, have a value for each column, as Java statements; of integers exactly, in floats, for
 * which the runtime has the epilogue. They name the parameters of {@code dev.tilesmith.kernel.drive.DepthwiseTiles}: {@code pixels, src, tapAt, offset, stride, rhs, rhsOffset, sums}; and {@code
 * taps}, where these are counted when it runs.
 */
public final class DepthwiseSource {
    private final Program program;
    private final Dialect dialect;
    private final FloatOps ops;
    private final Int8Dialect integers;

    /**
     * Writes {@code program} in {@code dialect}.
     *
     * @throws IllegalArgumentException if it sums anything else, or is of several rows, which share nothing
     */
    public DepthwiseSource(Program program, Dialect dialect) {
        final Contraction contraction = program.contraction();
        if (program.mr() != 1 || !contraction.equals(known(contraction))) {
            throw new IllegalArgumentException(
                    "no Java of depthwise tiles of " + program.mr() + " rows for " + contraction);
        }
        if (contraction.rhs().stored() == Stored.INT8) {
            RuntimeEpilogues.require(program);
        }
        this.program = program;
        this.dialect = dialect;
        this.ops = new FloatOps(dialect);
        this.integers = Int8Dialect.of(program.lanes());
    }

    /** The contraction of such filters that there is code for. */
    private static Contraction known(Contraction contraction) {
        return switch (contraction.rhs().stored()) {
            case F32, F16, BF16 ->
                Contraction.byColumn(Product.FMA_BY_COLUMN, contraction.rhs().stored());
            case INT8 -> Contraction.byColumn(Product.EXACT_FMA_BY_COLUMN, Stored.INT8);
            case NIBBLES, TWO_BITS ->
                throw new IllegalArgumentException("no Java of depthwise tiles for " + contraction);
        };
    }

    private Stored stored() {
        return program.contraction().rhs().stored();
    }

    /** Sums so many taps, of which the filters are in registers before the first pixel. */
    public CodeBlock unrolled(int taps) {
        final CodeBlock.Builder code = CodeBlock.builder();
        for (int tap = 0; tap < taps; tap++) {
            for (int v = 0; v < program.vectors(); v++) {
                load(code, rhs(tap, v), plus("rhsOffset", bytes(tap * program.nr() + v * program.lanes())));
            }
        }
        for (int tap = 0; tap < taps; tap++) {
            code.addStatement("final int tap$1L = tapAt[$1L] + offset", tap);
        }
        beginPixel(code);
        for (int tap = 0; tap < taps; tap++) {
            code.addStatement("final int at$1L = tap$1L + pixelAt", tap);
            for (int v = 0; v < program.vectors(); v++) {
                multiply(code, "src" + tap + "_" + v, "at" + tap, rhs(tap, v), v);
            }
        }
        return endPixel(code);
    }

    /** Sums any number of taps. */
    public CodeBlock counted() {
        final CodeBlock.Builder code = CodeBlock.builder();
        beginPixel(code);
        code.beginControlFlow("for (int tap = 0; tap < taps; tap++)");
        code.addStatement("final int at = tapAt[tap] + offset + pixelAt");
        code.addStatement("final long rhsAt = rhsOffset + tap * $LL", (long) bytes(program.nr()));
        for (int v = 0; v < program.vectors(); v++) {
            load(code, "rhs" + v, plus("rhsAt", bytes(v * program.lanes())));
            multiply(code, "src" + v, "at", "rhs" + v, v);
        }
        code.endControlFlow();
        return endPixel(code);
    }

    private void beginPixel(CodeBlock.Builder code) {
        code.beginControlFlow("for (int pixel = 0; pixel < pixels; pixel++)");
        code.addStatement("final int pixelAt = pixel * stride");
        for (int v = 0; v < program.vectors(); v++) {
            code.addStatement("$T $L = $L", dialect.type(), sum(v), dialect.broadcast(CodeBlock.of("0f")));
        }
    }

    /** Declares a vector of filters, as floats. */
    private void load(CodeBlock.Builder code, String name, CodeBlock at) {
        switch (stored()) {
            case F32, F16, BF16 -> ops.load(code, stored(), name, "rhs", at);
            case INT8, NIBBLES, TWO_BITS -> ops.declare(code, name, integers.widenBytes("rhs", at));
        }
    }

    /** {@code sum = fma(src, rhs, sum)} of a vector of columns. */
    private void multiply(CodeBlock.Builder code, String src, String at, String rhs, int vector) {
        ops.declare(code, src, dialect.fromArray("src", plus(at, vector * program.lanes())));
        final CodeBlock added =
                stored().isFloat() ? dialect.fma(src, rhs, sum(vector)) : integers.multiplyAdd(src, rhs, sum(vector));
        code.addStatement("$L = $L", sum(vector), added);
    }

    private CodeBlock endPixel(CodeBlock.Builder code) {
        code.addStatement("final int sumsAt = pixel * $L", program.nr());
        for (int v = 0; v < program.vectors(); v++) {
            code.addStatement(dialect.intoArray(sum(v), "sums", plus("sumsAt", v * program.lanes())));
        }
        return code.endControlFlow().build();
    }

    private int bytes(int values) {
        return values * stored().bytes();
    }

    private static String sum(int vector) {
        return "sum" + vector;
    }

    private static String rhs(int tap, int vector) {
        return "rhs" + tap + "_" + vector;
    }

    private static CodeBlock plus(String base, int offset) {
        return SourceNames.plus(base, offset);
    }
}
