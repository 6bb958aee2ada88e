package dev.tilesmith.runtime;

import java.util.Arrays;

/**
 * The scales of a stretch of blocks, and their minima where blocks have any, on their way from a source into a panel, in
 * whose format they are stored. Those of block b of column j are at {@code [b * nr + j]}.
 */
final class BlockScales {
    private final ScaleFormat format;
    private final int nr;
    private final float[] scales;
    private final float[] mins;
    private final short[] halves;

    /** Room for those of {@code count} blocks of each column. */
    BlockScales(PanelLayout layout, int count) {
        this.format = ScaleFormat.of(layout);
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
     * @throws IllegalArgumentException if one is not of the panel's format
     */
    void moveTo(PanelStage stage, int blocks, int column) {
        switch (format) {
            case BF16 -> {
                shorten(blocks * nr, column);
                stage.setScales(halves, blocks * nr);
            }
            case F16 -> {
                halve(blocks, column);
                stage.setScales(halves, blocks * (mins.length == 0 ? nr : 2 * nr));
            }
            case F32 -> stage.setScales(scales, blocks * nr);
        }
    }

    /** Rounds nothing: what BF16 does not have is refused. */
    private void shorten(int count, int column) {
        int lost = 0;
        for (int i = 0; i < count; i++) {
            final int bits = Float.floatToRawIntBits(scales[i]);
            lost |= bits << Short.SIZE;
            halves[i] = (short) (bits >>> Short.SIZE);
        }
        if (lost != 0) {
            checkHeld(count, column);
        }
    }

    /** After the scales of each block come its minima. */
    private void halve(int blocks, int column) {
        final int width = mins.length == 0 ? nr : 2 * nr;
        float nothing = 0f;
        for (int b = 0; b < blocks; b++) {
            nothing += halve(scales, b * nr, b * width);
            nothing += mins.length == 0 ? 0f : halve(mins, b * nr, b * width + nr);
        }
        if (nothing != 0f) {
            checkFinite(scales, blocks * nr, column);
            checkFinite(mins, Math.min(mins.length, blocks * nr), column);
        }
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

    private void checkFinite(float[] values, int count, int column) {
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException("weights: channel " + (column + i % nr)
                        + " has a block whose scale or minimum is " + values[i] + "; expected finite ones");
            }
        }
    }

    private void checkHeld(int count, int column) {
        for (int i = 0; i < count; i++) {
            if (!format.holds(scales[i])) {
                throw new IllegalArgumentException(
                        "scales: channel " + (column + i % nr) + " has " + scales[i] + format.advice());
            }
        }
    }
}
