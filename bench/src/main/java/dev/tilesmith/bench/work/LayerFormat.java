package dev.tilesmith.bench.work;

import java.util.Arrays;

/** In what layers are computed. */
public enum LayerFormat {
    /** All in f32. */
    F32(Operation.F32_MATMUL, Float.BYTES) {
        @Override
        public boolean isDefinedFor(Layer layer) {
            return true;
        }
    },
    /** Activations and results in int8 by scales known beforehand, filters with a scale for each output channel. */
    STATIC_INT8(Operation.STATIC_INT8_MATMUL, Byte.BYTES) {
        @Override
        public boolean isDefinedFor(Layer layer) {
            return layer instanceof Convolution;
        }
    };

    /** Products in the same formats, which are as exact. */
    private final Operation product;

    private final int activationBytes;

    LayerFormat(Operation product, int activationBytes) {
        this.product = product;
        this.activationBytes = activationBytes;
    }

    /** Whether layers like this are measured in it. */
    public abstract boolean isDefinedFor(Layer layer);

    /** Formats of the result and the operands, as reports name them. */
    public String format() {
        return product.format();
    }

    /** Bytes of an activation, and of a result. */
    public int activationBytes() {
        return activationBytes;
    }

    /** How far a result may be from the exact one, relative to the largest result. */
    public double tolerance() {
        return product.tolerance();
    }

    /** The one of this format. */
    public static LayerFormat ofFormat(String format) {
        return Arrays.stream(values())
                .filter(known -> known.format().equals(format))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("format: '" + format + "'; expected one of "
                        + Arrays.stream(values()).map(LayerFormat::format).toList()));
    }
}
