package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.CpuFeature;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.processor.program.ColumnPart;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Epilogues;
import dev.tilesmith.processor.program.Finish;
import dev.tilesmith.processor.program.Interpreter;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.RowPart;
import dev.tilesmith.processor.program.TileShape;
import dev.tilesmith.runtime.Bf16;
import dev.tilesmith.runtime.ErrorBound;
import dev.tilesmith.runtime.Family;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a family states of its sums holds: they are within its bound of what doubles sum, and the same bits whatever the tile, the portion
 * and the number of threads. Of a reproducible family the bound is that of a chain.
 */
final class FastBoundTest {
    private static final int ROWS = 37;
    private static final int COLUMNS = 70;

    /** Sums of each family. */
    private static final int SUMS = 100_000;

    private static final ErrorBound OF_A_CHAIN = new ErrorBound(1, 0);

    /** What makes sums hard. */
    private enum Kind {
        /** Numbers around zero. */
        ORDINARY {
            @Override
            float next(SplittableRandom random, int p) {
                return (float) random.nextDouble(-1, 1);
            }
        },
        /** Of one sign, so that each addition rounds the same way. */
        POSITIVE {
            @Override
            float next(SplittableRandom random, int p) {
                return (float) random.nextDouble(1, 2);
            }
        },
        /** Magnitudes so far apart that most are lost beside some. */
        APART {
            @Override
            float next(SplittableRandom random, int p) {
                return (float) Math.scalb(random.nextDouble(-1, 1), random.nextInt(-30, 31));
            }
        },
        /** Of each eight along K the large ones cancel, and what is small is left. */
        CANCELLING {
            @Override
            float next(SplittableRandom random, int p) {
                return switch (p % 8) {
                    case 0, 3 -> 0x1p12f;
                    case 5, 6 -> -0x1p12f;
                    default -> (float) random.nextDouble(-1, 1);
                };
            }
        },
        /** Half of the last bit of the sum so far, again and again. */
        TIES {
            @Override
            float next(SplittableRandom random, int p) {
                return p == 0 ? 0x1p12f : random.nextInt(2) == 0 ? 1f : 0x1p-1f;
            }
        },
        /** Products that are subnormal, or nearly, of which some are flushed. */
        TINY {
            @Override
            float next(SplittableRandom random, int p) {
                return (float) Math.scalb(random.nextDouble(-1, 1), -62);
            }
        },
        /** Operands that are subnormal, among others. */
        SUBNORMAL {
            @Override
            float next(SplittableRandom random, int p) {
                return random.nextInt(4) == 0
                        ? Float.intBitsToFloat(random.nextInt(1 << 7) << Short.SIZE)
                        : (float) random.nextDouble(-1, 1);
            }
        },
        /** As large as sums allow. */
        HUGE {
            @Override
            float next(SplittableRandom random, int p) {
                return (float) Math.scalb(random.nextDouble(-1, 1), 58);
            }
        };

        abstract float next(SplittableRandom random, int p);

        final short[] take(SplittableRandom random, int count, int k) {
            final short[] bits = new short[count * k];
            for (int i = 0; i < bits.length; i++) {
                bits[i] = Bf16.round(next(random, i % k));
            }
            return bits;
        }
    }

    /** Operands of one call, and their weights as they are packed. */
    @SuppressWarnings("ArrayRecordComponent") // read alone
    private record Operands(int k, short[] rows, short[] columns, float[] bias) {
        static Operands of(Kind kind, int k, SplittableRandom random) {
            final short[] rows = kind.take(random, ROWS, k);
            final short[] columns = kind.take(random, COLUMNS, k);
            final float[] bias = new float[COLUMNS];
            for (int i = 0; i < COLUMNS; i++) {
                bias[i] = kind.next(random, 1);
            }
            return new Operands(k, rows, columns, bias);
        }

        PackedRhs packedFor(MatMulKernel kernel) {
            return kernel.packRhs(
                    Weights.nByK(Matrix.of(columns, COLUMNS, k), Halves.BF16).withBias(bias));
        }

        /** The same for the interpreter, with zeros beyond the end of K. */
        Interpreter.Operands forPrograms(float[] result) {
            return new Interpreter.Operands() {
                @Override
                public int lhs(int row, int from) {
                    return (bits(rows, row, from) & 0xffff) | (bits(rows, row, from + 1) << Short.SIZE);
                }

                @Override
                public int rhs(int column, int from) {
                    return bits(columns, column, from);
                }

                private int bits(short[] of, int row, int p) {
                    return p < k ? of[row * k + p] : 0;
                }

                @Override
                public int beginning(int row, int block) {
                    throw new IllegalStateException("rows have values alone");
                }

                @Override
                public int ofColumn(ColumnPart part, int column) {
                    return Float.floatToRawIntBits(bias[column]);
                }

                @Override
                public int ofRow(RowPart part, int row) {
                    throw new IllegalStateException("rows have values alone");
                }

                @Override
                public void store(int row, int column, int bits) {
                    result[row * COLUMNS + column] = Float.intBitsToFloat(bits);
                }

                @Override
                public float clampMin() {
                    throw new IllegalStateException("there are no bounds");
                }

                @Override
                public float clampMax() {
                    throw new IllegalStateException("there are no bounds");
                }
            };
        }

        float[] multiply(MatMulKernel kernel) {
            final float[] result = new float[ROWS * COLUMNS];
            kernel.run(ROWS, rows, packedFor(kernel), result);
            return result;
        }
    }

    /** Those of both tables, but those alone of the other that are not the same. */
    static Stream<MatMulKernel> families() {
        final List<Family> first = Families.of(Bf16FastKernelKernels.table())
                .map(MatMulKernel::family)
                .toList();
        return Stream.concat(
                Families.of(Bf16FastKernelKernels.table()),
                Families.of(Bf16FastTiledKernelKernels.table()).filter(kernel -> !first.contains(kernel.family())));
    }

    @ParameterizedTest
    @MethodSource("families")
    void sumsAreWithinTheBound(MatMulKernel kernel) {
        final SplittableRandom random = new SplittableRandom(1);
        int sums = 0;
        while (sums < SUMS) {
            for (final Kind kind : Kind.values()) {
                final Operands operands = Operands.of(kind, 1 + random.nextInt(300), random);
                check(kernel, kind, operands, operands.multiply(kernel));
                sums += ROWS * COLUMNS;
            }
        }
    }

    private static void check(MatMulKernel kernel, Kind kind, Operands operands, float[] actual) {
        final int k = operands.k();
        final boolean fast = kernel.family().errorBound().isPresent();
        final ErrorBound bound = kernel.family().errorBound().orElse(OF_A_CHAIN);
        for (int at = 0; at < actual.length; at++) {
            double exact = number(operands.bias()[at % COLUMNS], fast);
            double magnitudes = Math.abs(exact);
            for (int p = 0; p < k; p++) {
                final double product = number(Bf16.toFloat(operands.rows()[at / COLUMNS * k + p]), fast)
                        * number(Bf16.toFloat(operands.columns()[at % COLUMNS * k + p]), fast);
                exact += product;
                magnitudes += Math.abs(product);
            }
            final double ofDoubles = k * 0x1p-52 * magnitudes;
            final double error = Math.abs(actual[at] - exact);
            final double most = bound.of(k, magnitudes) + ofDoubles;
            assertTrue(error <= most, kernel.family() + " " + kind + " k " + k + ": " + error + " of " + most);
        }
    }

    /** What is subnormal counts as zero where sums are in an order of the target's own. */
    private static double number(float value, boolean fast) {
        return fast && Math.abs(value) < Float.MIN_NORMAL ? 0 : value;
    }

    @ParameterizedTest
    @MethodSource("families")
    void bitsAreTheSameWhateverTheTileAndThePortion(MatMulKernel kernel) {
        final SplittableRandom random = new SplittableRandom(2);
        try (Arena arena = Arena.ofShared();
                ExecutorService pool = Executors.newFixedThreadPool(2)) {
            for (final int k : new int[] {0, 1, 31, 32, 64, 97, 515}) {
                for (final Kind kind : Kind.values()) {
                    final Operands operands = Operands.of(kind, k, random);
                    final float[] expected = operands.multiply(kernel);
                    final PackedRhs packed = operands.packedFor(kernel);
                    assertArrayEquals(expected, rowByRow(kernel, operands, packed), kind + " row by row");
                    assertArrayEquals(expected, inPortions(kernel, operands, packed), kind + " in portions");
                    assertArrayEquals(expected, inPlace(kernel, operands, packed, arena), kind + " in place");
                    final float[] onThreads = new float[expected.length];
                    kernel.run(
                            Matrix.of(operands.rows(), ROWS, k),
                            packed,
                            Matrix.of(onThreads, ROWS, COLUMNS),
                            RunOptions.DEFAULT.on(pool, 3));
                    assertArrayEquals(expected, onThreads, kind + " on threads");
                }
            }
        }
    }

    private static float[] rowByRow(MatMulKernel kernel, Operands operands, PackedRhs packed) {
        final float[] result = new float[ROWS * COLUMNS];
        for (int row = 0; row < ROWS; row++) {
            kernel.run(
                    Matrix.of(operands.rows(), row * operands.k(), 1, operands.k(), operands.k()),
                    packed,
                    Matrix.of(result, row * COLUMNS, 1, COLUMNS, COLUMNS));
        }
        return result;
    }

    private static float[] inPortions(MatMulKernel kernel, Operands operands, PackedRhs packed) {
        final float[] result = new float[ROWS * COLUMNS];
        for (int row = 0; row < ROWS; row += 17) {
            for (int column = 0; column < COLUMNS; column += 23) {
                kernel.run(
                        Matrix.of(operands.rows(), ROWS, operands.k()),
                        packed,
                        Matrix.of(result, ROWS, COLUMNS),
                        RunOptions.DEFAULT
                                .rows(row, Math.min(17, ROWS - row))
                                .columns(column, Math.min(23, COLUMNS - column)));
            }
        }
        return result;
    }

    /** Of 48 rows at whole lines, of which the last are zeros: bounded by what bounds nothing, and not. */
    private static float[] inPlace(MatMulKernel kernel, Operands operands, PackedRhs packed, Arena arena) {
        final int m = 48;
        final int k = operands.k();
        final int stride = Math.ceilDiv(k, 32) * 32 + 32;
        final MemorySegment rows = arena.allocate(2L * m * stride, 64);
        for (int row = 0; row < ROWS; row++) {
            MemorySegment.copy(operands.rows(), row * k, rows, ValueLayout.JAVA_SHORT_UNALIGNED, 2L * row * stride, k);
        }
        final MemorySegment result = arena.allocate(4L * m * COLUMNS, 64);
        final Matrix lhs = Matrix.ofShorts(rows, 0, m, k, stride);
        kernel.run(lhs, packed, Matrix.of(result, m, COLUMNS));
        final float[] floats = result.asSlice(0, 4L * ROWS * COLUMNS).toArray(ValueLayout.JAVA_FLOAT);
        kernel.run(
                lhs,
                packed,
                Matrix.of(result, m, COLUMNS),
                RunOptions.DEFAULT.clamp(Float.NEGATIVE_INFINITY, Float.MAX_VALUE));
        assertArrayEquals(
                floats, result.asSlice(0, 4L * ROWS * COLUMNS).toArray(ValueLayout.JAVA_FLOAT), "within bounds");
        return floats;
    }

    /** The tallest tile of every height that has a name. */
    @ParameterizedTest
    @MethodSource("families")
    void bitsAreTheSameByEveryVariant(MatMulKernel kernel) {
        final Operands operands = Operands.of(Kind.APART, 77, new SplittableRandom(3));
        final float[] expected = operands.multiply(kernel);
        kernel.family().variants().stream()
                .flatMap(variant -> Stream.of(Bf16FastKernelKernels.table(), Bf16FastTiledKernelKernels.table())
                        .filter(table -> table.variants().contains(variant))
                        .map(table -> table.kernel(variant.name())))
                .forEach(variant -> assertArrayEquals(expected, operands.multiply(variant), variant::toString));
    }

    /** Of every family results in BF16 are those in f32, rounded once. */
    @Test
    void resultsOf16BitsAreRoundedOnce() {
        final Operands operands = Operands.of(Kind.ORDINARY, 65, new SplittableRandom(4));
        for (final MatMulKernel kernel :
                Families.of(Bf16FastResultsKernelKernels.table()).toList()) {
            final MatMulKernel ofFloats = families()
                    .filter(other -> other.family().target() == kernel.family().target())
                    .findFirst()
                    .orElseThrow();
            final float[] floats = operands.multiply(ofFloats);
            final short[] rounded = new short[floats.length];
            for (int i = 0; i < rounded.length; i++) {
                rounded[i] = Bf16.round(floats[i]);
            }
            final short[] actual = new short[floats.length];
            kernel.run(ROWS, operands.rows(), operands.packedFor(kernel), actual);
            assertEquals(ofFloats.family().numerics(), kernel.family().numerics());
            assertArrayEquals(rounded, actual, kernel.family()::toString);
        }
    }

    /** What the interpreter of programs gives is what the CPU does, where its maker says in which order that is. */
    @ParameterizedTest
    @MethodSource("families")
    void everyBitIsThatOfTheProgram(MatMulKernel kernel) {
        final SplittableRandom random = new SplittableRandom(5);
        product(kernel).ifPresent(product -> {
            for (final Kind kind : Kind.values()) {
                final Operands operands = Operands.of(kind, 97, random);
                final float[] actual = operands.multiply(kernel);
                final float[] expected = new float[actual.length];
                new Interpreter(program(product), operands.forPrograms(expected))
                        .run(Math.ceilDiv(operands.k(), product.along()));
                assertArrayEquals(expected, actual, kind::toString);
            }
        });
    }

    /** What multiplies: of x86 on CPUs with tile registers, which are all of one maker; Arm's architecture says it of all. */
    private static Optional<Product> product(MatMulKernel kernel) {
        return switch (kernel.family().target()) {
            case AMX -> Optional.of(Product.BF16_DOT_BY_PARITY);
            case AVX512_BF16 ->
                Optional.of(Product.BF16_DOT_OF_PAIRS)
                        .filter(_ -> Host.current().cpu().features().contains(CpuFeature.AMX_BF16));
            case NEON_BF16 -> Optional.of(Product.BF16_BLOCK_DOT);
            case SME, SME2 -> Optional.of(Product.OUTER_BF16_DOT);
            default -> Optional.empty();
        };
    }

    private static Program program(Product product) {
        final TileShape all = new TileShape(ROWS, 1, COLUMNS);
        final Contraction sums = Contraction.bf16(product).fromBiases();
        return new Program(all, sums, Epilogues.ofFloats(all, sums, new Finish(true, false)));
    }

    /** NaN and infinities are what they are in any order; a subnormal counts as a zero. */
    @ParameterizedTest
    @MethodSource("families")
    void whatIsNoNumberStaysSo(MatMulKernel kernel) {
        final boolean fast = kernel.family().errorBound().isPresent();
        assertEquals(Float.NaN, one(kernel, Float.NaN, 1f));
        assertEquals(Float.POSITIVE_INFINITY, one(kernel, Float.POSITIVE_INFINITY, 2f));
        assertEquals(Float.NEGATIVE_INFINITY, one(kernel, Float.POSITIVE_INFINITY, -2f));
        assertEquals(Float.NaN, one(kernel, Float.POSITIVE_INFINITY, 0f));
        assertEquals(fast ? Float.NaN : Float.POSITIVE_INFINITY, one(kernel, Float.POSITIVE_INFINITY, 0x1p-130f));
        assertEquals(fast ? 0f : 1f, one(kernel, 0x1p-130f, 0x1p127f) * 8);
        assertEquals(fast ? 0f : 0x1p-127f, one(kernel, 0x1p-100f, 0x1p-27f));
        assertEquals(0x1p-126f, one(kernel, 0x1p-100f, 0x1p-26f));
        assertEquals(Float.POSITIVE_INFINITY, one(kernel, 0x1p127f, 2f));
    }

    private static float one(MatMulKernel kernel, float a, float b) {
        final short[] column = {Bf16.round(b)};
        final float[] result = new float[1];
        kernel.run(
                1,
                new short[] {Bf16.round(a)},
                kernel.packRhs(Weights.nByK(Matrix.of(column, 1, 1), Halves.BF16)),
                result);
        return result[0];
    }
}
