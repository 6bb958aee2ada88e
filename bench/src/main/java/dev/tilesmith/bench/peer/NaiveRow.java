package dev.tilesmith.bench.peer;

/** A row quantized to int8 with a scale and a zero point of its own. */
final class NaiveRow {
    private final byte[] values;
    private float step;
    private int zeroPoint;

    NaiveRow(int k) {
        this.values = new byte[k];
    }

    /** Quantizes the k floats at {@code first}. */
    void quantize(float[] lhs, int first) {
        float min = 0;
        float max = 0;
        for (int p = 0; p < values.length; p++) {
            min = Math.min(min, lhs[first + p]);
            max = Math.max(max, lhs[first + p]);
        }
        step = min == max ? 1 : (max - min) / 255;
        zeroPoint = Math.round(-128 - min / step);
        for (int p = 0; p < values.length; p++) {
            values[p] = (byte) Math.clamp(Math.round(lhs[first + p] / step) + zeroPoint, -128, 127);
        }
    }

    byte[] values() {
        return values;
    }

    float step() {
        return step;
    }

    int zeroPoint() {
        return zeroPoint;
    }
}
