package dev.tilesmith.runtime;

/** What the values of {@link Weights} are. */
public enum ValueKind {
    F32("f32 weights", "f32 (a float[] or a segment of floats)"),
    INT8("weights of eight bits", "int8 (a byte[] or Matrix.ofBytes)"),
    INT4("weights of four bits", "four bits (with Weights.Nibbles)"),
    INT2("weights of two bits", "two bits (with Weights.Codes)"),
    Q4_0("blocks of Q4_0", "blocks of Q4_0"),
    Q4_1("blocks of Q4_1", "blocks of Q4_1"),
    Q8_0("blocks of Q8_0", "blocks of Q8_0"),
    INT32("int32 weights", "int32");

    private final String noun;
    private final String given;

    ValueKind(String noun, String given) {
        this.noun = noun;
        this.given = given;
    }

    public static ValueKind of(Weights weights) {
        if (weights.blocks().isPresent()) {
            return switch (weights.blocks().get()) {
                case Q4_0 -> Q4_0;
                case Q4_1 -> Q4_1;
                case Q8_0 -> Q8_0;
            };
        }
        if (weights.nibbles().isPresent()) {
            return INT4;
        }
        if (weights.codes().isPresent()) {
            return INT2;
        }
        return switch (weights.values()) {
            case Matrix.Floats _ -> F32;
            case Matrix.Bytes _ -> INT8;
            case Matrix.Ints _ -> INT32;
            case Matrix.Segment segment -> segment.elementBytes() == 1 ? INT8 : F32;
        };
    }

    /** Weights of this kind: the subject of a sentence. */
    public String noun() {
        return noun;
    }

    /** What is given where a kernel takes this kind. */
    public String given() {
        return given;
    }
}
