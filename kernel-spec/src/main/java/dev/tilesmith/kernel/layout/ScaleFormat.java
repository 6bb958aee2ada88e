package dev.tilesmith.kernel.layout;

import dev.tilesmith.runtime.Bf16;

/** A format of the scales of blocks. */
public enum ScaleFormat {
    /** The upper half of a binary32. */
    BF16 {
        @Override
        public float round(float value) {
            return Bf16.toFloat(Bf16.round(value));
        }
    },
    /** IEEE binary16, finite. */
    F16 {
        @Override
        public float round(float value) {
            return Float.float16ToFloat(Float.floatToFloat16(value));
        }

        @Override
        String advice() {
            return "; expected a value of binary16";
        }
    },
    /** IEEE binary32. */
    F32 {
        @Override
        public float round(float value) {
            return value;
        }
    };

    public static ScaleFormat of(PanelLayout layout) {
        return valueOf(layout.scales().name());
    }

    /** The nearest value of this format, halves to even. */
    public abstract float round(float value);

    /** Whether a value is finite, and one of this format's. */
    public final boolean holds(float value) {
        return Float.isFinite(value) && Float.floatToRawIntBits(round(value)) == Float.floatToRawIntBits(value);
    }

    /**
     * Fails unless all values are finite, and of this format.
     *
     * @param what their name
     * @param blocks how many each channel has
     */
    public final void check(String what, int blocks, float... values) {
        for (int i = 0; i < values.length; i++) {
            if (!holds(values[i])) {
                throw refusal(what, i % blocks, i / blocks, values[i]);
            }
        }
    }

    /** Says which scale, or minimum, of a block this format does not have, and what to do about it. */
    public final IllegalArgumentException refusal(String what, int block, int channel, float value) {
        return new IllegalArgumentException(what + ": block " + block + " of channel " + channel + " has " + value
                + (Float.isFinite(value) ? advice() : "; expected finite ones, which may be negative or 0"));
    }

    /** What to do about a finite value that this format does not have: the end of a sentence. */
    String advice() {
        return ", which " + this + " does not have; round them, or declare the kernel with scales = " + F32;
    }
}
