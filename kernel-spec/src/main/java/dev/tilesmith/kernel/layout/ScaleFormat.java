package dev.tilesmith.kernel.layout;

import dev.tilesmith.runtime.Bf16;
import dev.tilesmith.spec.Format;

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

    /**
     * The format that users name so.
     *
     * @throws IllegalArgumentException if no scale is of it
     */
    public static ScaleFormat of(Format format) {
        return switch (format) {
            case BF16 -> BF16;
            case F16 -> F16;
            case F32 -> F32;
            case I32, QAI8, QAI8DX, QSI8D32, QSI8CX, QSI4CX, QSI4C32, QAI4C32, QSU2CX ->
                throw new IllegalArgumentException("scales: " + format + "; no block has scales of it");
        };
    }

    /** Bytes of a scale. */
    public int bytes() {
        return this == F32 ? Float.BYTES : Short.BYTES;
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
