package dev.tilesmith.kernel.packing;

import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Codes;
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
                // rounding hides a small change of f32 weights, by right, and int32 are never taken
                case Matrix.Floats _, Matrix.Ints _ -> Optional.empty();
            };
        }
    },
    SCALES {
        @Override
        Optional<Weights> of(Weights from, SplittableRandom random) {
            return changed(from.scales(), random)
                    .map(scales -> with(from, scales, from.bias(), from.mins(), from.blockLength()));
        }
    },
    BIAS {
        @Override
        Optional<Weights> of(Weights from, SplittableRandom random) {
            return changed(from.bias(), random)
                    .map(bias -> with(from, from.scales(), bias, from.mins(), from.blockLength()));
        }
    },
    MINS {
        @Override
        Optional<Weights> of(Weights from, SplittableRandom random) {
            return changed(from.mins(), random)
                    .map(mins -> with(from, from.scales(), from.bias(), mins, from.blockLength()));
        }
    },
    BLOCK_LENGTH {
        @Override
        Optional<Weights> of(Weights from, SplittableRandom random) {
            final boolean ofFloats = from.blockLength() == 32
                    && from.scales().length == 0
                    && from.blocks().isEmpty();
            return from.k() % 64 == 0 && ofFloats
                    ? Optional.of(with(from, from.scales(), from.bias(), from.mins(), 64))
                    : Optional.empty();
        }
    },
    INT_BIAS {
        @Override
        Optional<Weights> of(Weights from, SplittableRandom random) {
            if (from.intBias().length == 0) {
                return Optional.empty();
            }
            final int[] bias = from.intBias().clone();
            bias[random.nextInt(bias.length)] += random.nextBoolean() ? 1 : 1 << 20;
            return Optional.of(from.withIntBias(bias));
        }
    },
    REQUANTIZATION {
        @Override
        Optional<Weights> of(Weights from, SplittableRandom random) {
            return from.requantization()
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
            return from.nibbles().map(given -> with(from, Optional.of(new Nibbles(given.columns(), 8)), from.codes()));
        }
    },
    CODES {
        @Override
        Optional<Weights> of(Weights from, SplittableRandom random) {
            return from.codes().map(given -> {
                final List<Integer> table = new ArrayList<>(given.table());
                table.set(random.nextInt(table.size()), -9);
                return with(from, from.nibbles(), Optional.of(new Codes(given.columns(), table)));
            });
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
        return new Weights(
                values,
                from.orientation(),
                from.scales(),
                from.bias(),
                from.intBias(),
                from.requantization(),
                from.nibbles(),
                from.codes(),
                from.blockLength(),
                from.blocks(),
                from.mins());
    }

    private static Weights with(Weights from, float[] scales, float[] bias, float[] mins, int blockLength) {
        return new Weights(
                from.values(),
                from.orientation(),
                scales,
                bias,
                from.intBias(),
                from.requantization(),
                from.nibbles(),
                from.codes(),
                blockLength,
                from.blocks(),
                mins);
    }

    private static Weights with(Weights from, Optional<Nibbles> nibbles, Optional<Codes> codes) {
        return new Weights(
                from.values(),
                from.orientation(),
                from.scales(),
                from.bias(),
                from.intBias(),
                from.requantization(),
                nibbles,
                codes,
                from.blockLength(),
                from.blocks(),
                from.mins());
    }
}
