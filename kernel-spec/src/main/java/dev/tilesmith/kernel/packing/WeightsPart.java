package dev.tilesmith.kernel.packing;

import dev.tilesmith.runtime.BlockWeights;
import dev.tilesmith.runtime.PlainWeights;
import dev.tilesmith.runtime.WeightEnds;
import dev.tilesmith.runtime.WeightScales;
import dev.tilesmith.runtime.Weights;
import java.util.EnumMap;
import java.util.Map;

/** What {@link Weights} may come with besides their values: one thing that a caller gives, by the name that messages have for it. */
enum WeightsPart {
    CHANNEL_SCALES("scales", "withScales"),
    BLOCK_SCALES("scales", "withBlockScales"),
    /** Of weights without scales: those that are to be quantized. Blocks of ggml have one of their own. */
    BLOCK_LENGTH("blockLength", "inBlocksOf"),
    MINS("mins", "withBlockMins"),
    BIAS("bias", "withBias"),
    INT_BIAS("intBias", "withIntBias"),
    REQUANTIZATION("requantization", "requantized");

    private final String component;
    private final String method;

    WeightsPart(String component, String method) {
        this.component = component;
        this.method = method;
    }

    /** What is given, each in a few words, in this order. */
    static Map<WeightsPart, String> of(Weights weights) {
        final Map<WeightsPart, String> given = new EnumMap<>(WeightsPart.class);
        switch (weights) {
            case PlainWeights plain -> put(plain.scales(), given);
            case BlockWeights _ -> {
                // hold their own
            }
        }
        put(weights.ends(), given);
        return given;
    }

    private static void put(WeightScales scales, Map<WeightsPart, String> to) {
        switch (scales) {
            case WeightScales.None _ -> {
                // which is nothing
            }
            case WeightScales.OfChannels given ->
                to.put(CHANNEL_SCALES, count(given.values().length) + " for channels");
            case WeightScales.OfBlocks given -> {
                if (given.scales().length == 0) {
                    to.put(BLOCK_LENGTH, String.valueOf(given.length()));
                } else {
                    to.put(BLOCK_SCALES, count(given.scales().length) + " for blocks of " + given.length());
                }
                if (given.mins().length != 0) {
                    to.put(MINS, count(given.mins().length));
                }
            }
        }
    }

    private static void put(WeightEnds ends, Map<WeightsPart, String> to) {
        if (ends.bias().length != 0) {
            to.put(BIAS, count(ends.bias().length) + " of f32");
        }
        if (ends.intBias().length != 0) {
            to.put(INT_BIAS, count(ends.intBias().length) + " of int32");
        }
        ends.requantization().ifPresent(given -> to.put(REQUANTIZATION, given.toString()));
    }

    private static String count(int length) {
        return length + (length == 1 ? " value" : " values");
    }

    /** What messages call it. */
    String component() {
        return component;
    }

    /** The method of {@link Weights} that gives it. */
    String method() {
        return method;
    }

    /** Whether weights of this shape have any, where their format has it: weights of no channels have no scales. */
    boolean isNeeded(Weights weights) {
        return switch (this) {
            case CHANNEL_SCALES, BLOCK_LENGTH, BIAS, INT_BIAS -> weights.n() != 0;
            case BLOCK_SCALES, MINS -> weights.n() != 0 && weights.k() != 0;
            case REQUANTIZATION -> true;
        };
    }
}
