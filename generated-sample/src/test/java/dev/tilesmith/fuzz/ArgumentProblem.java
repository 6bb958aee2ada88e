package dev.tilesmith.fuzz;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.BlockLayout;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.SpinningPool;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Format;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Numbers of every size given to whatever takes a number. */
final class ArgumentProblem implements Problem {
    /** Columns that may be without a value: their panels take memory all the same. */
    private static final int MOST_EMPTY = 1 << 16;

    private final List<Subject> subjects;

    ArgumentProblem(List<Subject> subjects) {
        this.subjects = subjects;
    }

    @Override
    public void solve(Draw draw) {
        final Oracle oracle = new Oracle();
        final Oracle.Call call =
                switch (draw.note("call", draw.below(10))) {
                    case 0 -> matrix(draw, oracle);
                    case 1 -> segment(draw, oracle);
                    case 2 -> ofBlocks(draw, oracle);
                    case 3 -> codes(draw, oracle);
                    case 4 -> nibbles(draw, oracle);
                    case 5 -> requantization(draw, oracle);
                    case 6 -> pool(draw, oracle);
                    case 7 -> packed(draw, oracle);
                    case 8 -> dense(draw, oracle);
                    default -> options(draw, oracle);
                };
        oracle.judge(call);
    }

    /** Mostly small, so that not everything is wrong at once. */
    private static int number(Draw draw, String what) {
        return draw.note(what, draw.oneIn(2) ? draw.between(0, 40) : draw.extreme());
    }

    private static Oracle.Call matrix(Draw draw, Oracle oracle) {
        final int rows = number(draw, "rows");
        final int columns = number(draw, "columns");
        final int stride = number(draw, "stride");
        final int offset = number(draw, "offset");
        final int size = draw.note("size", draw.between(0, 2000));
        checkExtent(oracle, rows, columns, stride, offset, size);
        return switch (draw.below(4)) {
            case 0 -> () -> Matrix.of(new float[size], offset, rows, columns, stride);
            case 1 -> () -> Matrix.of(new byte[size], offset, rows, columns, stride);
            case 2 -> () -> Matrix.of(new short[size], offset, rows, columns, stride);
            default -> () -> Matrix.of(new int[size], offset, rows, columns, stride);
        };
    }

    /** What is wrong with an extent: whichever of its numbers is named. */
    private static void checkExtent(Oracle oracle, long rows, long columns, long stride, long offset, long size) {
        final boolean empty = rows == 0 || columns == 0;
        final BigInteger end = BigInteger.valueOf(rows - 1)
                .multiply(BigInteger.valueOf(stride))
                .add(BigInteger.valueOf(offset))
                .add(BigInteger.valueOf(columns));
        final boolean fits = empty || end.compareTo(BigInteger.valueOf(size)) <= 0;
        if (rows < 0 || columns < 0 || (rows > 1 && stride < columns) || offset < 0 || !fits) {
            oracle.fault("rows x columns", rows);
            oracle.fault("rows", rows);
            oracle.fault("columns", columns);
            oracle.fault("rowStride", stride);
            oracle.fault("offset", offset);
            oracle.fault("data", size);
        }
    }

    private static Oracle.Call segment(Draw draw, Oracle oracle) {
        final int elementBytes = draw.note("elementBytes", draw.oneIn(2) ? draw.of(1, 2, 4) : draw.extreme());
        final int rows = number(draw, "rows");
        final int columns = number(draw, "columns");
        final long stride = draw.note("stride", draw.oneIn(2) ? columns : draw.longExtreme());
        final long offset = draw.note("offset", draw.oneIn(2) ? 0 : draw.longExtreme());
        final int size = draw.note("bytes", draw.between(0, 5000));
        if (elementBytes != 1 && elementBytes != 2 && elementBytes != 4) {
            oracle.fault("elementBytes", elementBytes);
        }
        if (elementBytes > 0) {
            checkExtent(oracle, rows, columns, stride, offset, size / elementBytes);
        } else {
            checkExtent(oracle, rows, columns, stride, offset, Long.MAX_VALUE);
        }
        return () -> new Matrix.Segment(Arena.ofAuto().allocate(size), elementBytes, offset, rows, columns, stride);
    }

    private static Oracle.Call ofBlocks(Draw draw, Oracle oracle) {
        final BlockLayout layout = draw.of(BlockLayout.values());
        final int n = number(draw, "n");
        final int k = draw.note("k", draw.oneIn(2) ? draw.below(5) * 32 : draw.extreme());
        final long offset = draw.note("offset", draw.oneIn(2) ? 0 : draw.longExtreme());
        final int size = draw.note("bytes", draw.between(0, 5000));
        final boolean wrong = n < 0 || k < 0 || k % 32 != 0 || offset < 0 || offset > size;
        final long rowBytes = k < 0 ? 0 : k / 32 * (long) layout.bytes();
        final BigInteger needed = BigInteger.valueOf(n).multiply(BigInteger.valueOf(rowBytes));
        if (wrong || needed.compareTo(BigInteger.valueOf(size - offset)) > 0) {
            oracle.fault("n", n);
            oracle.fault("k", k);
            oracle.fault("offset", offset);
            oracle.fault("data", "");
        } else if (rowBytes > Integer.MAX_VALUE) {
            oracle.doubt("k", k);
        }
        final MemorySegment data = Arena.ofAuto().allocate(size);
        return () -> Weights.ofBlocks(layout, data, offset, n, k);
    }

    private static Oracle.Call codes(Draw draw, Oracle oracle) {
        final int columns = number(draw, "columns");
        final List<Integer> table = draw.note(
                "table",
                IntStream.range(0, draw.oneIn(3) ? draw.below(6) : 4)
                        .mapToObj(_ -> draw.oneIn(8) ? draw.extreme() : draw.between(-128, 127))
                        .toList());
        if (columns < 0) {
            oracle.fault("columns", columns);
        }
        if (table.size() != 4 || table.stream().anyMatch(value -> value < -128 || value > 127)) {
            oracle.fault("table", table);
        }
        return () -> new Weights.Codes(columns, table);
    }

    private static Oracle.Call nibbles(Draw draw, Oracle oracle) {
        final int columns = number(draw, "columns");
        final int zeroPoint = draw.note("zeroPoint", draw.oneIn(2) ? draw.of(0, 8) : draw.extreme());
        if (columns < 0) {
            oracle.fault("columns", columns);
        }
        if (zeroPoint != 0 && zeroPoint != 8) {
            oracle.fault("zeroPoint", zeroPoint);
        }
        return () -> new Weights.Nibbles(columns, zeroPoint);
    }

    private static Oracle.Call requantization(Draw draw, Oracle oracle) {
        final float[] scales = draw.floats(2, draw.of(Values.values()));
        final int lhs = draw.oneIn(2) ? draw.between(-128, 127) : draw.extreme();
        final int dst = draw.oneIn(2) ? draw.between(-128, 127) : draw.extreme();
        final String[] names = {"lhsScale", "dstScale"};
        for (int i = 0; i < scales.length; i++) {
            if (!(scales[i] > 0 && Float.isFinite(scales[i]))) {
                oracle.fault(names[i], scales[i]);
            }
        }
        if (lhs < -128 || lhs > 127) {
            oracle.fault("lhsZeroPoint", lhs);
        }
        if (dst < -128 || dst > 127) {
            oracle.fault("dstZeroPoint", dst);
        }
        return () -> new Requantization(scales[0], lhs, scales[1], dst);
    }

    private static Oracle.Call pool(Draw draw, Oracle oracle) {
        final int count = draw.note("count", draw.oneIn(2) ? 1 : draw.of(0, -1, Integer.MIN_VALUE));
        final long seconds = draw.note("seconds", draw.oneIn(2) ? 0 : draw.longExtreme());
        if (count < 1) {
            oracle.fault("count", count);
        }
        if (seconds < 0) {
            oracle.fault("spin", Duration.ofSeconds(seconds));
        } else if (seconds > Integer.MAX_VALUE) {
            oracle.doubt("spin", Duration.ofSeconds(seconds));
        }
        return () -> new SpinningPool(count, Duration.ofSeconds(seconds)).close();
    }

    private Oracle.Call packed(Draw draw, Oracle oracle) {
        final PanelLayout own = draw.from(subjects).layout();
        final boolean changed = draw.oneIn(3);
        final int nr = draw.note("nr", changed ? draw.extreme() : own.nr());
        final int kr = draw.note("kr", changed && draw.oneIn(2) ? draw.extreme() : own.kr());
        final int n = number(draw, "n");
        final int k = number(draw, "k");
        final int length = draw.note("blockLength", draw.oneIn(3) ? draw.extreme() : own.hasBlocks() ? 32 : k);
        final int size = draw.note("bytes", draw.of(0, 64, 4096));
        for (final String name : List.of("n x k", "n", "k", "blockLength", "data", "nr", "kr", "nr x kr")) {
            oracle.doubt(name, "");
        }
        return () -> {
            final PanelLayout layout =
                    new PanelLayout(own.format(), nr, kr, own.bias(), own.dst(), own.lhsOffset(), own.scales());
            final PackedRhs packed =
                    new PackedPanels(layout, n, k, length, Arena.ofAuto().allocate(size));
            final double least = (double) n * k * (own.format() == Format.QSU2CX ? 2 : 4) / Byte.SIZE;
            if (n < 0 || k < 0 || nr < 1 || kr < 1 || packed.data().byteSize() < least) {
                throw new Finding(packed + " in " + size + " bytes");
            }
        };
    }

    /** The calls that make matrices of arrays themselves. */
    private Oracle.Call dense(Draw draw, Oracle oracle) {
        final Subject subject = draw.from(subjects.stream()
                .filter(each -> each.layout().format() == Format.F32)
                .toList());
        final int m = number(draw, "m");
        final int n = number(draw, "n");
        final int k = draw.note("k", n > MOST_EMPTY ? draw.between(1, 40) : number(draw, "k"));
        final float[] weights = new float[draw.oneIn(3) ? draw.between(0, 1600) : 1600];
        final float[] lhs = new float[draw.oneIn(3) ? draw.between(0, 1600) : 1600];
        final float[] dst = new float[draw.oneIn(3) ? draw.between(0, 1600) : 1600];
        if (m < 0
                || n < 0
                || k < 0
                || (long) n * k > weights.length
                || (double) m * k > lhs.length
                || (double) m * n > dst.length) {
            for (final String name : List.of("rows x columns", "rows", "columns", "data", "m", "n", "k")) {
                oracle.fault(name, "");
            }
        }
        return () -> subject.kernel().run(m, lhs, subject.kernel().packRhs(weights, n, k), dst);
    }

    private static Oracle.Call options(Draw draw, Oracle oracle) {
        final int threads = number(draw, "threads");
        final int first = number(draw, "first");
        final int count = number(draw, "count");
        if (threads < 1) {
            oracle.fault("parallelism", threads);
        }
        if (first < 0) {
            oracle.fault("firstRow", first);
        }
        if (count < -1) {
            oracle.fault("rows", count);
        }
        return () -> RunOptions.DEFAULT.rows(first, count).columns(first, count).on(Runnable::run, threads);
    }
}
