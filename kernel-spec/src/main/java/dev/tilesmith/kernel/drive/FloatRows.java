package dev.tilesmith.kernel.drive;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.layout.ElementKind;
import dev.tilesmith.kernel.layout.HalfElements;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelPart;
import dev.tilesmith.kernel.layout.ResultFormat;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.tune.Tuning;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Optional;

/**
 * The f32 operands of a product as micro-kernels in Java on integers see them: rows are copied in, and results of a panel
 * bounded, rounded if they are wanted in 16 bits, and copied out.
 */
final class FloatRows {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    /** Floats of a block of rows, but where one tile's are more. */
    static final int MOST_FLOATS = 1 << 22;

    private final Product product;
    private final int nr;
    private final Optional<Narrowing> narrowing;

    /** The operands of {@code product}, which is {@code family}'s. */
    FloatRows(Product product, PanelFamily family) {
        this.product = product;
        this.nr = family.layout().nr();
        this.narrowing = ResultFormat.of(family.dst()).halves().map(Narrowing::of);
    }

    /** Rows of a block that fill their share of the second-level cache, counted in floats. */
    static int blockFloats(Host host, Tuning tuning) {
        return (int) Math.min(LhsShare.bytes(host, tuning) / Float.BYTES, MOST_FLOATS);
    }

    /** Fails unless rows hold floats, and the other what {@code family} has for results. */
    static void check(Matrix lhs, Matrix dst, PanelFamily family) {
        ElementKind.requireFloats("lhs", lhs);
        ResultFormat.of(family.dst()).require("dst", dst);
    }

    /** Copies a row of the left operand. */
    void read(int from, float[] to) {
        final int k = product.k();
        final long at = product.lhs().offset() + from * product.lhs().rowStride();
        switch (product.lhs()) {
            case Matrix.Floats floats -> System.arraycopy(floats.data(), (int) at, to, 0, k);
            case Matrix.Segment segment -> MemorySegment.copy(segment.data(), FLOAT, at * Float.BYTES, to, 0, k);
            case Matrix.Bytes _, Matrix.Shorts _, Matrix.Ints _ -> throw ElementKind.notFloats("lhs", product.lhs());
        }
    }

    /** Copies the biases of a panel; what leaves every float as it is where there are none. */
    void readBias(int panel, float[] to) {
        final PackedPanels rhs = product.rhs();
        if (rhs.has(PanelPart.BIASES)) {
            MemorySegment.copy(rhs.data(), FLOAT, panel * rhs.panelBytes() + rhs.at(PanelPart.BIASES), to, 0, nr);
        } else {
            Arrays.fill(to, -0f);
        }
    }

    /** Bounds a row of results of a panel, and stores it. A loop over an array, which the JIT compiler turns into vectors. */
    void store(float[] results, int panel, int to) {
        if (product.clamped()) {
            for (int j = 0; j < nr; j++) {
                results[j] = Math.min(Math.max(results[j], product.clampMin()), product.clampMax());
            }
        }
        final int first = product.firstColumn(panel, nr);
        final int count = product.columns(panel, nr);
        final Matrix dst = product.dst();
        final long at = dst.offset() + to * dst.rowStride() + first;
        final int from = first - panel * nr;
        if (narrowing.isPresent()) {
            final short[] halves = narrowing.get().round(MemorySegment.ofArray(results), 0, nr);
            HalfElements.write("dst", halves, from, count, dst, at);
            return;
        }
        switch (dst) {
            case Matrix.Floats floats -> System.arraycopy(results, from, floats.data(), (int) at, count);
            case Matrix.Segment segment ->
                MemorySegment.copy(results, from, segment.data(), FLOAT, at * Float.BYTES, count);
            case Matrix.Bytes _, Matrix.Shorts _, Matrix.Ints _ -> throw ElementKind.notFloats("dst", dst);
        }
    }
}
