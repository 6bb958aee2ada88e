package dev.tilesmith.fuzz;

import dev.tilesmith.conformance.Beside;
import dev.tilesmith.runtime.BlockWeights;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PlainWeights;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.WeightEnds;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Elements;
import dev.tilesmith.runtime.Weights.Orientation;
import dev.tilesmith.spec.Format;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Adds one thing to weights that makes them wrong, and says which. */
final class Spoiler {
    private static final int MANY = 9;

    private final Draw draw;
    private final Oracle oracle;
    private final Subject subject;
    private final Weights plain;

    private Spoiler(Draw draw, Oracle oracle, Subject subject, Weights plain) {
        this.draw = draw;
        this.oracle = oracle;
        this.subject = subject;
        this.plain = plain;
    }

    /** The weights with something wrong, if there is anything of them at all. */
    static Source spoil(Draw draw, Oracle oracle, Subject subject, Source source) {
        if (source.plain().n() == 0 || source.plain().k() == 0) {
            return source;
        }
        final Spoiler spoiler = new Spoiler(draw, oracle, subject, source.plain());
        return source.spoiled(source.holdsScales() ? spoiler.anyOfBlocks() : spoiler.any());
    }

    /** Of weights in blocks that hold their scales. */
    private UnaryOperator<Weights> anyOfBlocks() {
        final int which = draw.note("spoiler of blocks", draw.below(5));
        return switch (which) {
            case 0 -> bias();
            case 1 -> intBias();
            case 2 -> requantization();
            case 3 -> {
                oracle.fault("scales", "");
                oracle.fault("blockLength", "");
                yield weights -> weights.withScales(ones(weights.n()));
            }
            default -> {
                oracle.fault("mins", "");
                yield weights -> weights.withBlockMins(ones(weights.n() * (weights.k() / weights.blockLength())));
            }
        };
    }

    private UnaryOperator<Weights> any() {
        final int which = draw.below(11);
        draw.note("spoiler", which);
        return switch (which) {
            case 0 -> bias();
            case 1 -> intBias();
            case 2 -> requantization();
            case 3 -> scales();
            case 4 -> numberOfScales();
            case 5 -> scaleThatIsNoNumber();
            case 6 -> blockScales();
            case 7 -> mins();
            case 8 -> blockLength();
            case 9 -> otherElements();
            default -> overflowingBias();
        };
    }

    private float[] ones(int count) {
        final float[] ones = new float[count];
        Arrays.fill(ones, 1f);
        return ones;
    }

    /** One that the kernel does not take, or of a wrong length. */
    private UnaryOperator<Weights> bias() {
        final boolean taken = subject.layout().bias() && !subject.isStatic();
        final int count = taken ? plain.n() + 1 : plain.n();
        oracle.fault("bias", taken ? count : "");
        return weights -> weights.withBias(ones(count));
    }

    private UnaryOperator<Weights> intBias() {
        final boolean taken = subject.layout().bias() && subject.isStatic();
        final int count = taken ? plain.n() + 1 : plain.n();
        oracle.fault("intBias", taken ? count : "");
        if (!subject.layout().bias()) {
            oracle.fault("bias", "");
        }
        return weights -> weights.withIntBias(new int[count]);
    }

    /** One that is not taken, or none where one is needed. */
    private UnaryOperator<Weights> requantization() {
        if (subject.sums()) {
            return weights -> weights;
        }
        oracle.fault("requantization", "");
        return subject.isStatic()
                ? weights -> weights.withEnds(
                        new WeightEnds(weights.ends().bias(), weights.ends().intBias(), Optional.empty()))
                : weights -> weights.requantized(new Requantization(1f, 0, 1f, 0));
    }

    /** Some where none are taken, none where some are needed. */
    private UnaryOperator<Weights> scales() {
        oracle.fault("scales", "");
        if (plain.blockLength() != 0) {
            oracle.fault("blockLength", "");
        }
        return Beside.scales(plain).length != 0 && plain.blockLength() == 0
                ? Weights::withScales
                : weights -> weights.withScales(ones(weights.n()));
    }

    private UnaryOperator<Weights> numberOfScales() {
        final int count = plain.n() + 2;
        oracle.fault("scales", plain.blockLength() == 0 ? count : "");
        return weights -> weights.withScales(ones(count));
    }

    private UnaryOperator<Weights> scaleThatIsNoNumber() {
        if (Beside.scales(plain).length == 0) {
            return weights -> weights;
        }
        final float bad = draw.of(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
        final float[] scales = Beside.scales(plain).clone();
        scales[draw.below(scales.length)] = bad;
        oracle.fault("scales", bad);
        return weights -> weights.blockLength() == 0
                ? weights.withScales(scales)
                : weights.withBlockScales(weights.blockLength(), scales);
    }

    /** For kernels that know none; of others a wrong number of them. */
    private UnaryOperator<Weights> blockScales() {
        final int count = plain.n() * (plain.k() / 32);
        if (plain.blockLength() == 0 && Beside.scales(plain).length != 0) {
            oracle.fault("scales", ""); // those of channels
        }
        if (plain.k() % 32 != 0) {
            oracle.fault("k", plain.k());
            return weights -> weights.withBlockScales(32, ones(count));
        }
        final boolean taken = subject.layout().hasBlocks();
        oracle.fault("scales", taken ? count + 1 : "");
        if (!taken) {
            oracle.fault("blockLength", 32);
        }
        return weights -> weights.withBlockScales(32, ones(taken ? count + 1 : count));
    }

    private UnaryOperator<Weights> mins() {
        if (plain.blockLength() == 0) {
            oracle.fault("blockLength", 0);
            return weights -> weights.withBlockMins(ones(1));
        }
        final int count = plain.n() * (plain.k() / plain.blockLength());
        final boolean taken = subject.layout().hasMins() && Beside.mins(plain).length != 0;
        oracle.fault("mins", taken ? count + 1 : "");
        return weights -> weights.withBlockMins(ones(taken ? count + 1 : count));
    }

    /** A length that blocks cannot have; or for kernels that know none. */
    private UnaryOperator<Weights> blockLength() {
        final int length =
                subject.layout().hasBlocks() ? draw.of(-32, 1, 7, 33, 512, Integer.MIN_VALUE, Integer.MAX_VALUE) : 32;
        oracle.fault("blockLength", length);
        oracle.fault("k", plain.k());
        if (Beside.scales(plain).length != 0) {
            oracle.fault("scales", ""); // which there are already
        }
        return weights -> weights.inBlocksOf(length);
    }

    /** Of a type that the kernel does not take, with all else as it is. */
    private UnaryOperator<Weights> otherElements() {
        oracle.fault("weights", "");
        oracle.fault("values", "");
        oracle.fault("scales", "");
        final int n = plain.n();
        final int k = plain.k();
        final boolean toBytes = subject.layout().format() == Format.F32 && draw.oneIn(2);
        final Matrix other = toBytes ? Matrix.of(new byte[n * k], n, k) : Matrix.of(new int[n * k], n, k);
        final Elements elements = toBytes ? Elements.INT8 : Elements.INT32;
        return weights -> switch (weights) {
            case PlainWeights given ->
                new PlainWeights(
                        other,
                        given.encoding() instanceof Elements ? elements : given.encoding(),
                        Orientation.N_BY_K,
                        given.scales(),
                        given.ends());
            case BlockWeights given -> new BlockWeights(other, given.blocks(), given.ends());
        };
    }

    /** One with which a sum of integers may not fit an int; of many weights, not all are 0. */
    private UnaryOperator<Weights> overflowingBias() {
        if (!subject.isStatic() || !subject.layout().bias() || plain.k() < MANY) {
            return weights -> weights;
        }
        final int[] bias = new int[plain.n()];
        final int at = draw.below(bias.length);
        bias[at] = draw.of(Integer.MAX_VALUE, Integer.MIN_VALUE);
        oracle.fault("intBias", bias[at]);
        return weights -> weights.withIntBias(bias);
    }
}
