package dev.tilesmith.kernel.packing;

import dev.tilesmith.runtime.BlockWeights;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PlainWeights;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.WeightScales;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Codes;
import dev.tilesmith.runtime.Weights.Encoding;
import dev.tilesmith.runtime.Weights.Nibbles;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Changes one thing of weights that have all of it: one element of an array, one number, one byte of the values. */
enum ChangedWeights {
    VALUES {
        @Override
        Optional<Weights> of(Weights from, SplittableRandom random) {
            return switch (from.values()) {
                case Matrix.Bytes bytes -> {
                    final byte[] data = bytes.data().clone();
                    data[random.nextInt(data.length)] ^= 1;
                    yield Optional.of(with(from, Matrix.of(data, bytes.rows(), bytes.columns())));
                }
                case Matrix.Segment segment -> {
                    final MemorySegment data =
                            Arena.ofAuto().allocate(segment.data().byteSize());
                    data.copyFrom(segment.data());
                    final long at = random.nextLong(data.byteSize());
                    data.set(ValueLayout.JAVA_BYTE, at, (byte) (data.get(ValueLayout.JAVA_BYTE, at) ^ 1));
                    yield Optional.of(with(from, Matrix.ofBytes(data, segment.rows(), segment.columns())));
                }
                case Matrix.Shorts shorts -> {
                    final short[] data = shorts.data().clone();
                    data[random.nextInt(data.length)] ^= 1;
                    yield Optional.of(with(from, Matrix.of(data, shorts.rows(), shorts.columns())));
                }
                // rounding hides a small change of f32 weights, by right, and int32 are never taken
                case Matrix.Floats _, Matrix.Ints _ -> Optional.empty();
            };
        }
    },
    SCALES {
        @Override
        Optional<Weights> of(Weights from, SplittableRandom random) {
            return changed(GivenParts.scales(from), random)
                    .map(scales -> from.blockLength() == 0
                            ? from.withScales(scales)
                            : from.withBlockScales(from.blockLength(), scales));
        }
    },
    BIAS {
        @Override
        Optional<Weights> of(Weights from, SplittableRandom random) {
            return changed(from.ends().bias(), random).map(from::withBias);
        }
    },
    MINS {
        @Override
        Optional<Weights> of(Weights from, SplittableRandom random) {
            return changed(GivenParts.mins(from), random).map(from::withBlockMins);
        }
    },
    BLOCK_LENGTH {
        @Override
        Optional<Weights> of(Weights from, SplittableRandom random) {
            final boolean ofFloats = from instanceof PlainWeights plain
                    && plain.scales() instanceof WeightScales.OfBlocks(int length, float[] scales, float[] _)
                    && length == 32
                    && scales.length == 0;
            return from.k() % 64 == 0 && ofFloats ? Optional.of(from.inBlocksOf(64)) : Optional.empty();
        }
    },
    INT_BIAS {
        @Override
        Optional<Weights> of(Weights from, SplittableRandom random) {
            if (from.ends().intBias().length == 0) {
                return Optional.empty();
            }
            final int[] bias = from.ends().intBias().clone();
            bias[random.nextInt(bias.length)] += random.nextBoolean() ? 1 : 1 << 20;
            return Optional.of(from.withIntBias(bias));
        }
    },
    REQUANTIZATION {
        @Override
        Optional<Weights> of(Weights from, SplittableRandom random) {
            return from.ends()
                    .requantization()
                    .map(given -> from.requantized(
                            switch (random.nextInt(4)) {
                                case 0 ->
                                    new Requantization(given.lhsScale() * 2, given.lhsZeroPoint(), given.dstScale(), 0);
                                case 1 ->
                                    new Requantization(given.lhsScale(), given.lhsZeroPoint() + 1, given.dstScale(), 0);
                                case 2 ->
                                    new Requantization(given.lhsScale(), given.lhsZeroPoint(), given.dstScale() * 2, 0);
                                default ->
                                    new Requantization(given.lhsScale(), given.lhsZeroPoint(), given.dstScale(), 1);
                            }));
        }
    },
    NIBBLES {
        @Override
        Optional<Weights> of(Weights from, SplittableRandom random) {
            return from instanceof PlainWeights plain && plain.encoding() instanceof Nibbles given
                    ? Optional.of(with(plain, new Nibbles(given.columns(), 8)))
                    : Optional.empty();
        }
    },
    CODES {
        @Override
        Optional<Weights> of(Weights from, SplittableRandom random) {
            if (!(from instanceof PlainWeights plain && plain.encoding() instanceof Codes given)) {
                return Optional.empty();
            }
            final List<Integer> table = new ArrayList<>(given.table());
            table.set(random.nextInt(table.size()), -9);
            return Optional.of(with(plain, new Codes(given.columns(), table)));
        }
    };

    /** The same but for one thing; nothing where the weights have none of it. */
    abstract Optional<Weights> of(Weights from, SplittableRandom random);

    private static Optional<float[]> changed(float[] from, SplittableRandom random) {
        if (from.length == 0) {
            return Optional.empty();
        }
        final float[] changed = from.clone();
        changed[random.nextInt(changed.length)] += 0.5f;
        return Optional.of(changed);
    }

    private static Weights with(Weights from, Matrix values) {
        return switch (from) {
            case PlainWeights plain ->
                new PlainWeights(values, plain.encoding(), plain.orientation(), plain.scales(), plain.ends());
            case BlockWeights given -> new BlockWeights(values, given.blocks(), given.ends());
        };
    }

    private static Weights with(PlainWeights from, Encoding encoding) {
        return new PlainWeights(from.values(), encoding, from.orientation(), from.scales(), from.ends());
    }
}
