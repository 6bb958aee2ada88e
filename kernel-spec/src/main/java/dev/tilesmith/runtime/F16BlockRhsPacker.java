package dev.tilesmith.runtime;

import dev.tilesmith.runtime.Weights.Orientation;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Lays weights in blocks of 32 along K, whose scales are binary16, into panels, as {@link PanelLayout} says: ggml's {@code
 * Q4_0} ({@code QSI4C32}), {@code Q4_1} ({@code QAI4C32}, with a minimum for each block) and {@code Q8_0} ({@code QSI8D32}).
 * The metadata of a panel's columns are their biases.
 *
 * <p>f32 weights are quantized as ggml's reference functions do, in binary32, with the scale as it is before it is rounded:
 *
 * <ul>
 *   <li>{@code QSI4C32}: {@code scale = max / -8}, where max is the value of largest magnitude, the first of several; {@code
 *       q = min(15, trunc(w * (1 / scale) + 8.5)) - 8}
 *   <li>{@code QAI4C32}: {@code scale = (max - min) / 15}, {@code q = min(15, trunc((w - min) * (1 / scale) + 0.5))}
 *   <li>{@code QSI8D32}: {@code scale = max|w| / 127}, {@code q = round(w * (1 / scale))}, halves away from zero
 * </ul>
 */
final class F16BlockRhsPacker {
    private static final int BLOCK = PanelLayout.INT4_GROUP;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder())
            .withInvokeExactBehavior();

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

    private static final float LARGEST = 127f;
    private static final int MOST_BITS = 15;

    private final Weights weights;
    private final PanelLayout layout;
    private final MemorySegment data;
    private final int k;
    private final int blocks;
    private final boolean given;
    private final MemorySegment bytes;
    private final byte[] channel;
    private final float[] floats;
    private final byte[] panel;
    private float min;

    private F16BlockRhsPacker(Weights weights, PanelLayout layout, MemorySegment data) {
        this.weights = weights;
        this.layout = layout;
        this.data = data;
        this.k = weights.k();
        this.blocks = k / BLOCK;
        this.given = weights.scales().length != 0 || weights.blocks().isPresent();
        this.bytes = given ? RowBytes.segment(weights.values()) : MemorySegment.NULL;
        this.channel = new byte[k];
        this.floats = new float[given ? 0 : k];
        this.panel = new byte[Math.toIntExact(layout.panelBytes(k, BLOCK))];
    }

    /**
     * Packs.
     *
     * @throws IllegalArgumentException if the weights are neither of the format with scales of blocks that are finite
     *     values of binary16, and minima where it has them, nor f32 without, whose scales are within binary16; or k is no
     *     multiple of 32
     */
    static PackedRhs pack(Weights weights, PanelLayout layout, Packing packing) {
        Int8RhsPacker.checkForDynamic(weights);
        Weights.checkBlocks(weights.k(), BLOCK);
        if (weights.blockLength() != 0 && weights.blockLength() != BLOCK) {
            throw new IllegalArgumentException("blockLength: " + weights.blockLength()
                    + "; the left operand is quantized in blocks of " + BLOCK + ", and so must the weights be");
        }
        if (weights.blocks().isPresent()) {
            checkBlocks(weights.blocks().get(), layout);
        } else if (weights.scales().length == 0 && weights.n() != 0 && weights.k() != 0) {
            checkFloats(weights, layout);
        } else if (weights.n() != 0 && weights.k() != 0) {
            checkGiven(weights, layout);
        }
        final MemorySegment data = packing.allocate(weights, layout.bytes(weights.n(), weights.k(), BLOCK));
        if (isReadInGroups(weights, layout)) {
            Int4RhsPacker.packPanels(weights, layout, BLOCK, data, packing);
            return new PackedRhs(layout, weights.n(), weights.k(), BLOCK, data);
        }
        packing.runBlocks(weights, layout, data, (first, end) -> {
            final F16BlockRhsPacker packer = new F16BlockRhsPacker(weights, layout, data);
            for (int index = first; index < end; index++) {
                packer.pack(index);
            }
        });
        return new PackedRhs(layout, weights.n(), weights.k(), BLOCK, data);
    }

    /** Whether the values are there in four bits, in an order that whole groups can be brought into a panel's from. */
    private static boolean isReadInGroups(Weights weights, PanelLayout layout) {
        return switch (layout.format()) {
            case QSI4C32 -> weights.blocks().isPresent() || weights.nibbles().isPresent();
            case QAI4C32 -> weights.blocks().isPresent();
            default -> false;
        };
    }

    private static void checkBlocks(BlockLayout blocks, PanelLayout layout) {
        final BlockLayout expected =
                switch (layout.format()) {
                    case QSI4C32 -> BlockLayout.Q4_0;
                    case QAI4C32 -> BlockLayout.Q4_1;
                    default -> BlockLayout.Q8_0;
                };
        if (blocks != expected) {
            throw new IllegalArgumentException(
                    "blocks: " + blocks + "; weights in " + layout.format() + " are of " + expected);
        }
    }

    private static void checkFloats(Weights weights, PanelLayout layout) {
        if (weights.nibbles().isPresent() || isBytes(weights.values())) {
            throw new IllegalArgumentException("scales: none; weights in " + layout.format()
                    + " need one for each block of " + BLOCK + ": use withF16BlockScales");
        }
        ElementKind.requireFloats("weights", weights.values());
        if (weights.mins().length != 0) {
            throw new IllegalArgumentException(
                    "mins: given for f32 weights, which are quantized with minima of their own");
        }
    }

    private static boolean isBytes(Matrix values) {
        return switch (values) {
            case Matrix.Bytes _ -> true;
            case Matrix.Segment segment -> segment.elementBytes() == 1;
            case Matrix.Floats _, Matrix.Ints _ -> false;
        };
    }

    private static void checkGiven(Weights weights, PanelLayout layout) {
        ElementKind.requireBytes("weights", weights.values());
        if (weights.blockLength() == 0) {
            throw new IllegalArgumentException("scales: one for each channel; weights in " + layout.format()
                    + " have one for each block of " + BLOCK + ": use withF16BlockScales");
        }
        if (layout.isInt4() != weights.nibbles().isPresent()) {
            throw new IllegalArgumentException("weights: of " + (layout.isInt4() ? "eight" : "four") + " bits; "
                    + layout.format() + " has values of " + (layout.isInt4() ? "four (Weights.Nibbles)" : "eight"));
        }
        final boolean wantsMins = layout.hasMins();
        if (wantsMins != (weights.mins().length != 0)) {
            throw new IllegalArgumentException("mins: " + weights.mins().length + " values; weights in "
                    + layout.format() + (wantsMins ? " have one for each block: use withF16BlockMins" : " have none"));
        }
        if (wantsMins && weights.nibbles().orElseThrow().zeroPoint() != 0) {
            throw new IllegalArgumentException(
                    "zeroPoint: 8; values of blocks with minima are from 0 to 15 as they are: expected 0");
        }
        checkF16("scales", weights.scales());
        checkF16("mins", weights.mins());
    }

    private static void checkF16(String what, float... values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i]) || Float.float16ToFloat(Float.floatToFloat16(values[i])) != values[i]) {
                throw new IllegalArgumentException(
                        what + ": [" + i + "] is " + values[i] + "; expected a finite value of binary16");
            }
        }
    }

    private void pack(int index) {
        Arrays.fill(panel, (byte) 0);
        final MemorySegment to = MemorySegment.ofArray(panel);
        final int first = index * layout.nr();
        final int columns = Math.min(layout.nr(), weights.n() - first);
        for (int j = 0; j < columns; j++) {
            packChannel(to, first + j, j);
        }
        new PanelEnd(weights, layout, BLOCK).write(to, 0, first);
        MemorySegment.copy(to, 0, data, index * (long) panel.length, panel.length);
    }

    private void packChannel(MemorySegment to, int from, int j) {
        if (given) {
            readValues(from);
        } else {
            readFloats(from);
        }
        for (int block = 0; block < blocks; block++) {
            final int start = block * BLOCK;
            final float scale = given ? givenScale(from, block) : quantize(start);
            final float ofZero = given ? givenMin(from, block) : min;
            final long at = block * layout.blockBytes(BLOCK);
            packValues((int) at + j * layout.kr(), start);
            final long scalesAt = at + layout.blockBytes(BLOCK) - layout.nr() * (long) layout.scaleBytes();
            putF16(to, scalesAt, j, from, block, scale);
            if (layout.hasMins()) {
                putF16(to, scalesAt + layout.nr() * (long) Short.BYTES, j, from, block, ofZero);
            }
        }
    }

    private float givenScale(int from, int block) {
        return weights.blocks()
                .map(own -> own.scale(bytes, blockAt(own, from, block)))
                .orElseGet(() -> weights.scales()[from * blocks + block]);
    }

    private float givenMin(int from, int block) {
        return layout.hasMins() ? weights.mins()[from * blocks + block] : 0f;
    }

    /** Where a block that holds its own scale begins. */
    private long blockAt(BlockLayout own, int from, int block) {
        return weights.values().offset() + from * weights.values().rowStride() + (long) block * own.bytes();
    }

    private static void putF16(MemorySegment to, long at, int j, int channel, int block, float value) {
        final short bits = Float.floatToFloat16(value);
        if (!Float.isFinite(Float.float16ToFloat(bits))) {
            throw new IllegalArgumentException("weights: block " + block + " of channel " + channel
                    + " would have a scale or a minimum of " + value + ", beyond binary16's 65504");
        }
        to.set(SHORT, at + j * (long) Short.BYTES, bits);
    }

    private void packValues(int at, int start) {
        if (layout.isInt4()) {
            packNibbles(at, start);
            return;
        }
        final int kr = layout.kr();
        final int apart = layout.nr() * kr;
        if (kr == Integer.BYTES) {
            for (int i = 0; i < BLOCK / Integer.BYTES; i++) {
                INTS.set(panel, at + i * apart, (int) INTS.get(channel, start + i * Integer.BYTES));
            }
            return;
        }
        for (int p = 0; p < BLOCK; p += kr) {
            System.arraycopy(channel, start + p, panel, at + p / kr * apart, kr);
        }
    }

    private void packNibbles(int at, int start) {
        final int kr = layout.kr();
        int to = at;
        for (int k0 = start; k0 < start + BLOCK; k0 += 2 * kr) {
            for (int i = 0; i < kr; i++) {
                panel[to + i] = (byte) (channel[k0 + i] | (channel[k0 + kr + i] << 4));
            }
            to += layout.nr() * kr;
        }
    }

    private void readValues(int from) {
        if (weights.blocks().isPresent()) {
            readBlocks(weights.blocks().get(), from);
            return;
        }
        for (int p = 0; p < k; p++) {
            channel[p] =
                    weights.nibbles().isPresent() ? nibble(from, p) : bytes.get(ValueLayout.JAVA_BYTE, offset(from, p));
        }
    }

    /** Values of eight bits; those of four are read in groups. */
    private void readBlocks(BlockLayout own, int from) {
        for (int block = 0; block < blocks; block++) {
            final long at = blockAt(own, from, block) + own.valuesAt();
            MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, channel, block * BLOCK, BLOCK);
        }
    }

    /** A value of a block with a minimum, which is packed as it is; others are read in groups. */
    private byte nibble(int from, int p) {
        final boolean rows = weights.orientation() == Orientation.N_BY_K;
        final int column = rows ? p : from;
        final long row =
                weights.values().offset() + (rows ? from : p) * weights.values().rowStride();
        return (byte) (bytes.get(ValueLayout.JAVA_BYTE, row + column / 2) >> (column % 2 * 4) & MOST_BITS);
    }

    private long offset(int from, int p) {
        final Matrix values = weights.values();
        final boolean rows = weights.orientation() == Orientation.N_BY_K;
        return values.offset() + (rows ? from : p) * values.rowStride() + (rows ? p : from);
    }

    private void readFloats(int from) {
        for (int p = 0; p < k; p++) {
            final long at = offset(from, p);
            floats[p] = switch (weights.values()) {
                case Matrix.Floats values -> values.data()[(int) at];
                case Matrix.Segment segment -> segment.data().get(FLOAT, at * Float.BYTES);
                case Matrix.Bytes _, Matrix.Ints _ -> throw ElementKind.notFloats("weights", weights.values());
            };
            if (!Float.isFinite(floats[p])) {
                throw new IllegalArgumentException("weights: channel " + from + " has " + floats[p] + " at k = " + p
                        + "; expected finite values to quantize");
            }
        }
    }

    /** Quantizes a block, and returns its scale before it is rounded. */
    private float quantize(int start) {
        return switch (layout.format()) {
            case QSI4C32 -> quantizeInt4(start);
            case QAI4C32 -> quantizeInt4WithMin(start);
            default -> quantizeInt8(start);
        };
    }

    private static float inverse(float scale) {
        return scale == 0f ? 0f : 1f / scale;
    }

    private float quantizeInt4(int start) {
        float max = 0f;
        for (int p = start; p < start + BLOCK; p++) {
            max = Math.abs(floats[p]) > Math.abs(max) ? floats[p] : max;
        }
        final float scale = max / -8f;
        final float inverse = inverse(scale);
        for (int p = start; p < start + BLOCK; p++) {
            channel[p] = (byte) Math.clamp((int) (floats[p] * inverse + 8.5f), 0, MOST_BITS);
        }
        return scale;
    }

    private float quantizeInt4WithMin(int start) {
        min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (int p = start; p < start + BLOCK; p++) {
            min = floats[p] < min ? floats[p] : min;
            max = floats[p] > max ? floats[p] : max;
        }
        final float scale = (max - min) / MOST_BITS;
        final float inverse = inverse(scale);
        for (int p = start; p < start + BLOCK; p++) {
            channel[p] = (byte) Math.clamp((int) ((floats[p] - min) * inverse + 0.5f), 0, MOST_BITS);
        }
        return scale;
    }

    private float quantizeInt8(int start) {
        float largest = 0f;
        for (int p = start; p < start + BLOCK; p++) {
            largest = Math.max(largest, Math.abs(floats[p]));
        }
        final float scale = largest / LARGEST;
        final float inverse = inverse(scale);
        for (int p = start; p < start + BLOCK; p++) {
            channel[p] = (byte) Math.clamp(RowQuantizer.round(floats[p] * inverse), -LARGEST, LARGEST);
        }
        return scale;
    }
}
