package dev.tilesmith.runtime;

/** A format of the scales of blocks. */
enum ScaleFormat {
    /** The upper half of a binary32. */
    BF16 {
        @Override
        float round(float value) {
            return Bf16.toFloat(Bf16.round(value));
        }
    },
    /** IEEE binary16, finite. */
    F16 {
        @Override
        float round(float value) {
            return Float.float16ToFloat(Float.floatToFloat16(value));
        }

        @Override
        boolean holds(float value) {
            return Float.isFinite(value) && super.holds(value);
        }

        @Override
        String advice() {
            return "; expected a finite value of binary16";
        }
    },
    /** IEEE binary32. */
    F32 {
        @Override
        float round(float value) {
            return value;
        }
    };

    static ScaleFormat of(PanelLayout layout) {
        return valueOf(layout.scales().name());
    }

    /** The nearest value of this format, halves to even. */
    abstract float round(float value);

    /** Whether a value is one of this format's. */
    boolean holds(float value) {
        return Float.floatToRawIntBits(round(value)) == Float.floatToRawIntBits(value);
    }

    /** Fails unless all values are of this format. */
    final void check(String what, float... values) {
        for (int i = 0; i < values.length; i++) {
            if (!holds(values[i])) {
                throw new IllegalArgumentException(what + ": [" + i + "] is " + values[i] + advice());
            }
        }
    }

    /** What to do about a value that this format does not have: the end of a sentence. */
    String advice() {
        return ", which " + this + " does not have; round them, or declare the kernel with scales = " + F32;
    }
}
