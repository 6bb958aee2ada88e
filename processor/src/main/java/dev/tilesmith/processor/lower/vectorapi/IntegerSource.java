package dev.tilesmith.processor.lower.vectorapi;

import static dev.tilesmith.processor.lower.vectorapi.SourceNames.plus;

import com.palantir.javapoet.CodeBlock;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.Beginning;
import dev.tilesmith.processor.program.BlockEnd;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Decoding;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.Register;
import dev.tilesmith.processor.program.Role;
import java.util.List;
import java.util.Optional;

/**
 * Writes what a program of integers sums as Java statements. They name the parameters of {@code
 * dev.tilesmith.kernel.drive.Int8Tiles} where a channel has one scale, and of {@code dev.tilesmith.kernel.drive.BlockTiles} where blocks
 * have scales. The accumulators are floats that hold integers. The epilogue is the runtime's, once for all tiles: a program
 * with any other than {@link RuntimeEpilogues} has is refused.
 */
public final class IntegerSource {
    private final Program program;
    private final PanelColumns columns;
    private final Contraction contraction;
    private final SourceNames names;
    private final Int8Dialect integers;
    private final Dialect floats;
    private final LhsRows rows;

    /**
     * Writes {@code program} for vectors of its lanes.
     *
     * @param rows those of the left operand
     */
    public IntegerSource(Program program, LhsRows rows) {
        this.program = program;
        this.contraction = program.contraction();
        if (contraction.product() != Product.EXACT_FMA || contraction.rhs().order() != Decoding.Order.PART_BY_PART) {
            throw new IllegalArgumentException("no Java of integers for " + contraction);
        }
        RuntimeEpilogues.require(program);
        this.names = new SourceNames(parts());
        this.integers = Int8Dialect.of(program.lanes());
        this.floats = program.lanes() == 1 ? new Dialect.Scalar() : new Dialect.Vector(program.lanes() * Float.SIZE);
        this.rows = rows;
        this.columns = PanelColumns.of(program);
    }

    private int parts() {
        return contraction.rhs().stored().parts();
    }

    /**
     * Sums products over {@code k} values and adds them to the sums. The runtime has these begin with what takes an offset off,
     * of weights of which a byte holds several, and with zero of others.
     */
    public CodeBlock addToSums() {
        final Beginning begun = parts() > 1 ? Beginning.ROW : Beginning.ZERO;
        if (contraction.beginning() != begun || contraction.hasTotals()) {
            throw new IllegalArgumentException("no Java adds to sums for " + contraction);
        }
        final CodeBlock.Builder code = CodeBlock.builder();
        SourceNames.eachSum(program, (row, v) -> declareSum(code, row, v, CodeBlock.of("0f")));
        final int shift = Integer.numberOfTrailingZeros(parts());
        code.beginControlFlow("for (int p = 0; p < k; $L)", parts() == 1 ? "p++" : "p += " + parts());
        code.addStatement("final int lhsAt = lhsOffset + p");
        final String bytes = parts() == 1 ? "p" : "(p >> " + shift + ")";
        code.addStatement("final long rhsAt = rhsOffset + $L * $LL", bytes, (long) program.nr());
        addProducts(code);
        code.endControlFlow();
        SourceNames.eachSum(
                program,
                (row, v) -> code.addStatement(
                        integers.addToInts(names.sum(row, v), "sums", plus("sumsOffset", place(row, v)))));
        return code.build();
    }

    private int place(int row, int vector) {
        return row * program.nr() + vector * program.lanes();
    }

    /** Goes over {@code blocks} blocks, and adds each one's scaled sums to the totals. */
    public CodeBlock addToTotals() {
        final CodeBlock.Builder code = CodeBlock.builder();
        code.addStatement("int blockAt = lhsOffset");
        code.addStatement("long rhsAt = rhsOffset");
        code.beginControlFlow("for (int block = 0; block < blocks; block++)");
        SourceNames.eachSum(program, (row, v) -> declareSum(code, row, v, beginning(row)));
        code.addStatement("final int end = blockAt + blockLength + $L", before());
        code.beginControlFlow("for (int lhsAt = blockAt + $L; lhsAt < end; lhsAt += $L)", before(), parts());
        addProducts(code);
        code.addStatement("rhsAt += $L", program.nr());
        code.endControlFlow();
        switch (contraction.end()) {
            case BlockEnd.OfWeights(BlockEnd.Scale scale) -> addScaled(code, scale);
            case BlockEnd.OfBoth ofBoth -> addScaledByBoth(code, ofBoth);
            case BlockEnd.None _ -> throw new IllegalArgumentException("no Java adds to totals for " + contraction);
        }
        code.addStatement("blockAt = end");
        code.endControlFlow();
        return code.build();
    }

    /**
     * Applies the curve to {@code results}, a row of a panel; nothing if there is none. It is the same for each vector, or {@link
     * RuntimeEpilogues} had refused it.
     */
    public Optional<CodeBlock> activate() {
        final List<Op.Computing> curve = program.epilogue().curve(0);
        return curve.stream()
                .flatMap(op -> op.reads().stream())
                .filter(read -> read.role() != Role.CURVED)
                .findFirst()
                .map(result -> activate(result, curve));
    }

    private CodeBlock activate(Register result, List<Op.Computing> curve) {
        final FloatOps ops = new FloatOps(floats);
        final CodeBlock.Builder code = CodeBlock.builder();
        code.beginControlFlow("for (int at = 0; at < $L; at += $L)", program.nr(), program.lanes());
        ops.declare(code, result, floats.fromArray("results", CodeBlock.of("at")));
        curve.forEach(op -> ops.write(code, op));
        code.addStatement(floats.intoArray(curve.getLast().to().toString(), "results", CodeBlock.of("at")));
        return code.endControlFlow().build();
    }

    private CodeBlock beginning(int row) {
        return switch (contraction.beginning()) {
            case ROW -> rows.value("blockAt", row, 0);
            case ZERO -> CodeBlock.of("0f");
            case BIAS, RESULT -> throw new IllegalArgumentException("no Java of integers for " + contraction);
        };
    }

    private void declareSum(CodeBlock.Builder code, int row, int vector, CodeBlock value) {
        code.addStatement("$T $L = $L", floats.type(), names.sum(row, vector), floats.broadcast(value));
    }

    private void declare(CodeBlock.Builder code, String name, CodeBlock value) {
        code.addStatement("final $T $L = $L", floats.type(), name, value);
    }

    /** Floats of a row before the values of a block: one, and its scale where it has one. */
    private int before() {
        return contraction.scalesRows() ? 2 : 1;
    }

    /** Products of one step: of two parts to a byte each column's together, of four one part of all columns after the other. */
    private void addProducts(CodeBlock.Builder code) {
        if (parts() == 2) {
            addByColumns(code);
        } else {
            addByParts(code);
        }
    }

    private void addByColumns(CodeBlock.Builder code) {
        for (int row = 0; row < program.mr(); row++) {
            for (int part = 0; part < parts(); part++) {
                loadLhs(code, row, part);
            }
        }
        for (int v = 0; v < program.vectors(); v++) {
            for (int part = 0; part < parts(); part++) {
                loadRhs(code, v, part);
            }
            for (int row = 0; row < program.mr(); row++) {
                for (int part = 0; part < parts(); part++) {
                    multiply(code, row, v, part);
                }
            }
        }
    }

    private void addByParts(CodeBlock.Builder code) {
        for (int part = 0; part < parts(); part++) {
            for (int v = 0; v < program.vectors(); v++) {
                loadRhs(code, v, part);
            }
            for (int row = 0; row < program.mr(); row++) {
                loadLhs(code, row, part);
                for (int v = 0; v < program.vectors(); v++) {
                    multiply(code, row, v, part);
                }
            }
        }
    }

    private void loadLhs(CodeBlock.Builder code, int row, int part) {
        declare(code, names.lhs(row, part), floats.broadcast(rows.value("lhsAt", row, part)));
    }

    private void loadRhs(CodeBlock.Builder code, int vector, int part) {
        final CodeBlock at = plus("rhsAt", vector * program.lanes());
        declare(
                code,
                names.rhs(vector, part),
                switch (contraction.rhs().stored()) {
                    case INT8 -> integers.widenBytes("rhs", at);
                    case NIBBLES -> integers.nibbles("rhs", at, part != 0);
                    case TWO_BITS -> integers.lookUp("rhs", at, part);
                    case F32, F16, BF16 -> throw new IllegalArgumentException("no Java of integers for " + contraction);
                });
    }

    private void multiply(CodeBlock.Builder code, int row, int vector, int part) {
        final String sum = names.sum(row, vector);
        code.addStatement("$L = $L", sum, integers.multiplyAdd(names.lhs(row, part), names.rhs(vector, part), sum));
    }

    private void addScaled(CodeBlock.Builder code, BlockEnd.Scale format) {
        for (int v = 0; v < program.vectors(); v++) {
            declare(code, "scale" + v, scale(format, plus("rhsAt", v * program.lanes() * format.bytes())));
        }
        SourceNames.eachSum(program, (row, v) -> {
            loadTotal(code, row, v);
            addToTotal(code, row, v, names.sum(row, v), "scale" + v);
            storeTotal(code, row, v);
        });
        code.addStatement("rhsAt += $L", columns.blockEnd());
    }

    private void addScaledByBoth(CodeBlock.Builder code, BlockEnd.OfBoth end) {
        final BlockEnd.Scale format = end.scale();
        for (int v = 0; v < program.vectors(); v++) {
            final int column = v * program.lanes();
            declare(code, "scale" + v, scale(format, plus("rhsAt", column * format.bytes())));
            if (end.minima()) {
                declare(code, "min" + v, scale(format, plus("rhsAt", columns.minima() + column * format.bytes())));
            }
            for (int row = 0; row < program.mr(); row++) {
                addScaledByBoth(code, end, row, v);
            }
        }
        code.addStatement("rhsAt += $L", columns.blockEnd());
    }

    private void addScaledByBoth(CodeBlock.Builder code, BlockEnd.OfBoth end, int row, int v) {
        final String place = row + "_" + v;
        if (end.minima()) {
            declare(code, "scaledSum" + place, ofRow(row, 0));
            loadTotal(code, row, v);
            addToTotal(code, row, v, "min" + v, "scaledSum" + place);
        }
        declare(code, "ofRow" + place, ofRow(row, 1));
        declare(code, "both" + place, integers.multiply("ofRow" + place, "scale" + v));
        if (!end.minima()) {
            loadTotal(code, row, v);
        }
        addToTotal(code, row, v, names.sum(row, v), "both" + place);
        storeTotal(code, row, v);
    }

    private CodeBlock ofRow(int row, int place) {
        return floats.broadcast(rows.value("blockAt", row, place));
    }

    private CodeBlock scale(BlockEnd.Scale format, CodeBlock at) {
        return switch (format) {
            case BF16 -> integers.bf16("rhs", at);
            case F16 -> integers.f16("rhs", at);
            case F32 -> floats.fromSegment("rhs", at);
        };
    }

    /** A total is in memory but while a block is added to it: there are more than registers. */
    private void loadTotal(CodeBlock.Builder code, int row, int vector) {
        code.addStatement(
                "$T $L = $L",
                floats.type(),
                names.total(row, vector),
                floats.fromArray("totals", plus("totalsOffset", place(row, vector))));
    }

    private void addToTotal(CodeBlock.Builder code, int row, int vector, String a, String b) {
        final String total = names.total(row, vector);
        code.addStatement("$L = $L", total, floats.fma(a, b, total));
    }

    private void storeTotal(CodeBlock.Builder code, int row, int vector) {
        code.addStatement(
                floats.intoArray(names.total(row, vector), "totals", plus("totalsOffset", place(row, vector))));
    }
}
