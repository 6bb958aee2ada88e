package dev.tilesmith.runtime;

/** What {@link Weights} may come with besides their values: one thing that a caller gives, by the name it has there. */
public enum WeightsPart {
    CHANNEL_SCALES("scales", "withScales") {
        @Override
        public boolean isGiven(Weights weights) {
            return weights.scales().length != 0 && weights.blockLength() == 0;
        }

        @Override
        public String value(Weights weights) {
            return count(weights.scales().length) + " for channels";
        }
    },
    BLOCK_SCALES("scales", "withBlockScales") {
        @Override
        public boolean isGiven(Weights weights) {
            return weights.scales().length != 0 && weights.blockLength() != 0;
        }

        @Override
        public boolean isNeeded(Weights weights) {
            return weights.n() != 0 && weights.k() != 0;
        }

        @Override
        public String value(Weights weights) {
            return count(weights.scales().length) + " for blocks of " + weights.blockLength();
        }
    },
    /** Of weights without scales: those that are to be quantized. Blocks of ggml have one of their own. */
    BLOCK_LENGTH("blockLength", "inBlocksOf") {
        @Override
        public boolean isGiven(Weights weights) {
            return weights.blockLength() != 0
                    && weights.scales().length == 0
                    && weights.blocks().isEmpty();
        }

        @Override
        public String value(Weights weights) {
            return String.valueOf(weights.blockLength());
        }
    },
    MINS("mins", "withBlockMins") {
        @Override
        public boolean isGiven(Weights weights) {
            return weights.mins().length != 0;
        }

        @Override
        public boolean isNeeded(Weights weights) {
            return BLOCK_SCALES.isNeeded(weights);
        }

        @Override
        public String value(Weights weights) {
            return count(weights.mins().length);
        }
    },
    BIAS("bias", "withBias") {
        @Override
        public boolean isGiven(Weights weights) {
            return weights.bias().length != 0;
        }

        @Override
        public String value(Weights weights) {
            return count(weights.bias().length) + " of f32";
        }
    },
    INT_BIAS("intBias", "withIntBias") {
        @Override
        public boolean isGiven(Weights weights) {
            return weights.intBias().length != 0;
        }

        @Override
        public String value(Weights weights) {
            return count(weights.intBias().length) + " of int32";
        }
    },
    REQUANTIZATION("requantization", "requantized") {
        @Override
        public boolean isGiven(Weights weights) {
            return weights.requantization().isPresent();
        }

        @Override
        public boolean isNeeded(Weights weights) {
            return true;
        }

        @Override
        public String value(Weights weights) {
            return weights.requantization().map(Requantization::toString).orElse("none");
        }
    };

    private final String component;
    private final String method;

    WeightsPart(String component, String method) {
        this.component = component;
        this.method = method;
    }

    /** The component of {@link Weights} that it is. */
    public String component() {
        return component;
    }

    /** The method of {@link Weights} that gives it. */
    public String method() {
        return method;
    }

    public abstract boolean isGiven(Weights weights);

    /** Whether weights of this shape have any, where their format has it: weights of no channels have no scales. */
    public boolean isNeeded(Weights weights) {
        return weights.n() != 0;
    }

    /** What is given, in a few words. */
    public abstract String value(Weights weights);

    private static String count(int length) {
        return length + (length == 1 ? " value" : " values");
    }
}
