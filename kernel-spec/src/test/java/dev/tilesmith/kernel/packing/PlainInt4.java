package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.Bf16;
import dev.tilesmith.spec.Format;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Weights of four bits, and what {@link PanelLayout} says their panels are, one value at a time.
 *
 * @param n output channels
 * @param k values of each
 * @param bl values of a block; k where there are none
 * @param values {@code [n][k]}, from -8 to 7
 * @param scales {@code [n][k/bl]}
 * @param bias one for each channel, or none
 */
@SuppressWarnings("ArrayRecordComponent") // made for one comparison and dropped
record PlainInt4(int n, int k, int bl, byte[] values, float[] scales, float[] bias) {
    byte[] panels(PanelLayout layout) {
        final ByteBuffer to = ByteBuffer.allocate((int) layout.bytes(n, k, bl)).order(ByteOrder.LITTLE_ENDIAN);
        for (int panel = 0; panel < layout.panels(n); panel++) {
            final int start = panel * (int) layout.panelBytes(k, bl);
            for (int j = 0; j < layout.nr(); j++) {
                putColumn(layout, to, start, j, panel * layout.nr() + j);
            }
        }
        return to.array();
    }

    private void putColumn(PanelLayout layout, ByteBuffer to, int start, int j, int channel) {
        final int blocks = bl == 0 ? 0 : k / bl;
        final int blockBytes = layout.hasBlocks() ? (int) layout.blockBytes(bl) : 0;
        final boolean present = channel < n;
        for (int p = 0; present && p < k; p++) {
            final int inBlock = layout.hasBlocks() ? p % bl : p;
            final int group = inBlock / (2 * layout.kr());
            final int place = inBlock % (2 * layout.kr());
            final int at = start
                    + (layout.hasBlocks() ? p / bl * blockBytes : 0)
                    + (group * layout.nr() + j) * layout.kr()
                    + place % layout.kr();
            final int bits = values[channel * k + p] + 8;
            to.put(at, (byte) (to.get(at) | (bits << (place < layout.kr() ? 0 : 4))));
        }
        float scaledSum = 0f;
        for (int b = 0; present && b < blocks; b++) {
            final float scale = scales[channel * blocks + b];
            scaledSum += scale * sum(channel, b);
            if (layout.hasBlocks()) {
                putScale(layout, to, start + (b + 1) * blockBytes, j, scale);
            }
        }
        final int metadata = start + (int) layout.metadataOffset(k, bl);
        final int nr = layout.nr();
        if (layout.hasBlocks()) {
            to.putFloat(metadata + 4 * j, scaledSum);
        } else {
            to.putInt(metadata + 4 * j, present && blocks > 0 ? sum(channel, 0) : 0);
            to.putFloat(metadata + 4 * (nr + j), present ? scales[channel] : 0f);
        }
        if (layout.bias()) {
            final float added = present && bias.length != 0 ? bias[channel] : -0f;
            to.putFloat(metadata + 4 * ((layout.hasBlocks() ? nr : 2 * nr) + j), added);
        }
    }

    private static void putScale(PanelLayout layout, ByteBuffer to, int blockEnd, int j, float scale) {
        if (layout.scales() == Format.BF16) {
            to.putShort(blockEnd - 2 * (layout.nr() - j), Bf16.round(scale));
        } else {
            to.putFloat(blockEnd - 4 * (layout.nr() - j), scale);
        }
    }

    private int sum(int channel, int block) {
        int sum = 0;
        for (int p = block * bl; p < (block + 1) * bl; p++) {
            sum += values[channel * k + p];
        }
        return sum;
    }

    /** The values two to a byte, row after row, {@code width} bytes from one row to the next after {@code offset}. */
    byte[] nibbles(boolean turned, int zeroPoint, int offset, int width) {
        final int rows = turned ? k : n;
        final int columns = turned ? n : k;
        final byte[] bytes = new byte[offset + rows * width];
        Arrays.fill(bytes, (byte) 0x5a); // what lies between rows must not matter
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                final int value = turned ? values[column * k + row] : values[row * k + column];
                final int bits = (value + zeroPoint) & 15;
                final int at = offset + row * width + column / 2;
                bytes[at] = (byte) (column % 2 == 0 ? (bytes[at] & 0xf0) | bits : (bytes[at] & 0x0f) | (bits << 4));
            }
        }
        return bytes;
    }

    /** The same as ggml's blocks of 32, row after row; scales must be values of binary16. */
    byte[] q4Zero(int offset, int width) {
        final byte[] bytes = new byte[offset + n * width];
        final ByteBuffer to = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int channel = 0; channel < n; channel++) {
            for (int b = 0; b < k / 32; b++) {
                final int at = offset + channel * width + b * 18;
                to.putShort(at, Float.floatToFloat16(scales[channel * (k / 32) + b]));
                for (int i = 0; i < 16; i++) {
                    final int from = channel * k + b * 32 + i;
                    to.put(at + 2 + i, (byte) ((values[from] + 8) | ((values[from + 16] + 8) << 4)));
                }
            }
        }
        return bytes;
    }
}
