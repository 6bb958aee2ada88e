package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.layout.ScaleFormat;
import java.util.Arrays;

/**
 * The scales of a stretch of blocks, and their minima where blocks have any, on their way from a source into a panel, in
 * whose format they are stored. Those of block b of column j are at {@code [b * nr + j]}.
 */
final class BlockScales {
    private static final int MAGNITUDE = 0x7fff_ffff;

    /** The lowest bit of a binary32's exponent. */
    private static final int LAST_OF_EXPONENT = 0x0080_0000;

    private final ScaleFormat format;
    private final int nr;
    private final float[] scales;
    private final float[] mins;
    private final short[] halves;

    /** Room for those of {@code count} blocks of each column. */
    BlockScales(PanelLayout layout, int count) {
        this.format = layout.scaleFormat();
        this.nr = layout.nr();
        this.scales = new float[count * nr];
        this.mins = new float[layout.hasMins() ? count * nr : 0];
        this.halves = new short[format == ScaleFormat.F32 ? 0 : scales.length + mins.length];
    }

    float[] scales() {
        return scales;
    }

    /** The minima; none where blocks have none. */
    float[] mins() {
        return mins;
    }

    void clear() {
        Arrays.fill(scales, 0f);
        Arrays.fill(mins, 0f);
    }

    /**
     * Hands those of {@code blocks} blocks to a stage.
     *
     * @param column the panel's first channel
     * @param block the first of these blocks of each channel
     * @throws IllegalArgumentException if one is not finite, or not of the panel's format
     */
    void moveTo(PanelStage stage, int blocks, int column, int block) {
        final int count = blocks * nr;
        final boolean whole =
                switch (format) {
                    case BF16 -> shorten(count);
                    case F16 -> halve(blocks);
                    case F32 -> areFinite(count);
                };
        if (!whole) {
            check("scales", scales, count, column, block);
            check("mins", mins, Math.min(mins.length, count), column, block);
        }
        switch (format) {
            case BF16 -> stage.setScales(halves, count);
            case F16 -> stage.setScales(halves, mins.length == 0 ? count : 2 * count);
            case F32 -> stage.setScales(scales, count);
        }
    }

    /** Rounds nothing; says whether nothing would have to be, and all are finite. */
    private boolean shorten(int count) {
        int lost = 0;
        int carried = 0;
        for (int i = 0; i < count; i++) {
            final int bits = Float.floatToRawIntBits(scales[i]);
            lost |= bits << Short.SIZE;
            carried |= carry(bits);
            halves[i] = (short) (bits >>> Short.SIZE);
        }
        return lost == 0 && carried >= 0;
    }

    /** Whether all scales are finite. */
    private boolean areFinite(int count) {
        int carried = 0;
        for (int i = 0; i < count; i++) {
            carried |= carry(Float.floatToRawIntBits(scales[i]));
        }
        return carried >= 0;
    }

    /** The exponent of what is not finite carries into the sign. */
    private static int carry(int bits) {
        return (bits & MAGNITUDE) + LAST_OF_EXPONENT;
    }

    /** After the scales of each block come its minima. Says whether all are finite. */
    private boolean halve(int blocks) {
        final int width = mins.length == 0 ? nr : 2 * nr;
        float nothing = 0f;
        for (int b = 0; b < blocks; b++) {
            nothing += halve(scales, b * nr, b * width);
            nothing += mins.length == 0 ? 0f : halve(mins, b * nr, b * width + nr);
        }
        return nothing == 0f;
    }

    /** Converts a value for each column, and returns 0, or NaN where one is not finite. */
    private float halve(float[] values, int from, int to) {
        float nothing = 0f;
        for (int j = 0; j < nr; j++) {
            halves[to + j] = Float.floatToFloat16(values[from + j]);
            nothing += 0f * values[from + j]; // NaN of what is not finite
        }
        return nothing;
    }

    private void check(String what, float[] values, int count, int column, int block) {
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(values[i]) || (format == ScaleFormat.BF16 && !format.holds(values[i]))) {
                throw format.refusal(what, block + i / nr, column + i % nr, values[i]);
            }
        }
    }
}
