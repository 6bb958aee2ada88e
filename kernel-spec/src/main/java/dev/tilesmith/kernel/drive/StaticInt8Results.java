package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.layout.ElementKind;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelPart;
import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Makes results in int8, or exact ones in ints, of sums over operands that were quantized beforehand, a row of a panel at a time. One thread's. */
final class StaticInt8Results {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    /** Added to a float that is small beside it, it leaves no room for a fraction: what is taken off again is rounded, halves to even. */
    private static final float ROUNDING = 0x1.8p23f;

    private final Product product;
    private final int nr;
    private final boolean toInts;
    private final int[] beginnings;
    private final float[] multipliers;
    private final int[] results;
    private final byte[] bytes;
    private final int lowest;
    private final int highest;
    private int zeroPoint;

    /** Those of a product by weights of {@code family}. */
    StaticInt8Results(Product product, PanelFamily family) {
        this.product = product;
        this.nr = family.layout().nr();
        this.toInts = !family.layout().has(PanelPart.MULTIPLIERS);
        this.beginnings = new int[nr];
        this.multipliers = new float[nr];
        this.results = new int[nr];
        this.bytes = new byte[nr];
        this.lowest = Int8Bounds.bound(product.clampMin());
        this.highest = Int8Bounds.bound(product.clampMax());
    }

    /** Goes on to a panel, whose columns have what is added to sums, and multipliers. */
    void begin(int panel) {
        final MemorySegment rhs = product.rhs().data();
        final long start = panel * product.rhs().panelBytes();
        MemorySegment.copy(rhs, INT, start + product.rhs().at(PanelPart.BEGINNINGS), beginnings, 0, nr);
        if (!toInts) {
            MemorySegment.copy(rhs, FLOAT, start + product.rhs().at(PanelPart.MULTIPLIERS), multipliers, 0, nr);
            zeroPoint = rhs.get(INT, start + product.rhs().at(PanelPart.ZERO_POINTS));
        }
    }

    /** Finishes a row of sums, nr from {@code at}. Written as loops over arrays, which the JIT compiler turns into vectors by itself. */
    void finish(int[] sums, int at) {
        for (int j = 0; j < nr; j++) {
            results[j] = sums[at + j] + beginnings[j];
        }
        if (!toInts) {
            for (int j = 0; j < nr; j++) {
                results[j] = requantized(results[j], multipliers[j]);
            }
            for (int j = 0; j < nr; j++) {
                bytes[j] = (byte) results[j];
            }
        }
    }

    /** What is far beyond int8 is cut off before the zero point is added, which could overflow. */
    private int requantized(int sum, float multiplier) {
        final float bounded = Math.min(Math.max(sum * multiplier, Short.MIN_VALUE), Short.MAX_VALUE);
        final int rounded = (int) (bounded + ROUNDING - ROUNDING);
        return Math.min(Math.max(rounded + zeroPoint, lowest), highest);
    }

    /** Stores what was finished last, the columns of it that are wanted. */
    void store(int panel, int row) {
        final int first = product.firstColumn(panel, nr);
        final int count = product.columns(panel, nr);
        final Matrix dst = product.dst();
        final long at = dst.offset() + row * dst.rowStride() + first;
        final int from = first - panel * nr;
        switch (dst) {
            case Matrix.Ints ints -> System.arraycopy(results, from, ints.data(), (int) at, count);
            case Matrix.Bytes given -> System.arraycopy(bytes, from, given.data(), (int) at, count);
            case Matrix.Segment segment -> {
                if (toInts) {
                    MemorySegment.copy(results, from, segment.data(), INT, at * Integer.BYTES, count);
                } else {
                    MemorySegment.copy(bytes, from, segment.data(), ValueLayout.JAVA_BYTE, at, count);
                }
            }
            case Matrix.Floats _, Matrix.Shorts _ -> throw ElementKind.notBytes("dst", dst);
        }
    }
}
