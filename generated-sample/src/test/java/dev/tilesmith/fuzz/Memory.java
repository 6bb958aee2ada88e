package dev.tilesmith.fuzz;

import dev.tilesmith.conformance.Element;
import dev.tilesmith.conformance.GuardedMemory;
import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;

/** The memory of one problem: places operands in every way that callers do, and says which of them are wrong. */
final class Memory implements AutoCloseable {
    private static final GuardedMemory GUARDED = new GuardedMemory();
    private static final MemorySegment OF_ANOTHER_THREAD = Foreign.segment();
    private static final int MOST_GAP = 9;
    private static final long LINE = 64;

    private final Draw draw;
    private final Oracle oracle;
    private final boolean threaded;
    private final Arena arena;
    private final Arena own = Arena.ofConfined();

    /**
     * Memory for a problem.
     *
     * @param threaded whether other threads than the calling one use it
     */
    Memory(Draw draw, Oracle oracle, boolean threaded) {
        this.draw = draw;
        this.oracle = oracle;
        this.threaded = threaded;
        this.arena = threaded ? Arena.ofShared() : Arena.ofConfined();
    }

    /** Memory that no other thread may use than one that has ended. */
    static MemorySegment ofAnotherThread() {
        return OF_ANOTHER_THREAD;
    }

    /** What all of it lives in. */
    Arena arena() {
        return arena;
    }

    /** Memory at a multiple of 64 that ends where a page begins that cannot be touched, or less than 64 bytes before. */
    MemorySegment guarded(long bytes) {
        final long lines = (bytes + LINE - 1) & -LINE;
        return GUARDED.allocate(lines, GuardedMemory.Side.AFTER, arena).asSlice(0, bytes);
    }

    /** Zeros that cost nothing until they are touched. */
    MemorySegment reserved(long bytes) {
        return GUARDED.reserve(bytes, arena);
    }

    /** A thread that has an arena, and ends. */
    private static final class Foreign extends Thread {
        private static final long BYTES = 1 << 22;

        private MemorySegment made = MemorySegment.NULL;

        @Override
        public void run() {
            made = Arena.ofConfined().allocate(BYTES);
        }

        static MemorySegment segment() {
            final Foreign thread = new Foreign();
            thread.start();
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return thread.made;
        }
    }

    /** How rows lie: in elements. */
    private record Extent(long offset, long stride, long size, boolean fits) {}

    /**
     * Places dense rows somewhere, in any way.
     *
     * @param name what a call names it
     * @param written whether it is a result
     * @param content rows × columns elements, one row right after the other
     */
    Operand place(String name, boolean written, Element element, int rows, int columns, MemorySegment content) {
        final Operand operand = placed(name, written, element, rows, columns, content);
        if (!written) {
            oracle.keep(name, operand);
        }
        return operand;
    }

    private Operand placed(
            String name, boolean written, Element element, int rows, int columns, MemorySegment content) {
        final Place place = draw.note(name, Place.draw(draw));
        final Extent extent = draw.note("extent", extent(rows, columns));
        final long bytes = extent.size() * element.bytes();
        return switch (place) {
            case ARRAY -> array(element, extent, rows, columns, content);
            case HEAP_SLICE, READ_ONLY_HEAP -> slice(place, element, extent, rows, columns, content);
            case NATIVE -> segment(element, arena.allocate(bytes), 0, bytes, extent, rows, columns, content);
            case MISALIGNED -> {
                final int by = draw.between(1, 7);
                yield segment(element, arena.allocate(bytes + 8), by, bytes, extent, rows, columns, content);
            }
            case BEHIND_A_GUARD ->
                segment(
                        element,
                        GUARDED.allocate(bytes, GuardedMemory.Side.BEFORE, arena),
                        0,
                        bytes,
                        extent,
                        rows,
                        columns,
                        content);
            case BEFORE_A_GUARD ->
                segment(
                        element,
                        GUARDED.allocate(bytes, GuardedMemory.Side.AFTER, arena),
                        0,
                        bytes,
                        extent,
                        rows,
                        columns,
                        content);
            case READ_ONLY -> {
                if (written) {
                    oracle.fault(name, "read-only");
                }
                final Operand all = segment(element, arena.allocate(bytes), 0, bytes, extent, rows, columns, content);
                yield new Operand(
                        element,
                        all.backing(),
                        all.first(),
                        all.stride(),
                        () -> view(element, all.backing().asReadOnly(), extent, rows, columns));
            }
            case CONFINED -> {
                if (threaded) {
                    oracle.fault(name, "confined");
                }
                yield segment(element, own.allocate(bytes), 0, bytes, extent, rows, columns, content);
            }
            case ANOTHER_THREADS -> {
                final boolean fits = bytes <= OF_ANOTHER_THREAD.byteSize();
                if (fits) {
                    oracle.fault(name, "another thread");
                }
                yield unreachable(
                        element,
                        fits ? OF_ANOTHER_THREAD.asSlice(0, bytes) : arena.allocate(bytes),
                        extent,
                        rows,
                        columns);
            }
            case CLOSED -> {
                oracle.fault(name, "closed");
                final MemorySegment closed;
                try (Arena gone = Arena.ofConfined()) {
                    closed = gone.allocate(bytes);
                }
                yield unreachable(element, closed, extent, rows, columns);
            }
        };
    }

    /** Gaps before and between rows; seldom such that rows do not fit, or that arithmetic overflows. */
    private Extent extent(int rows, int columns) {
        final boolean any = rows > 0 && columns > 0;
        long offset = draw.oneIn(3) ? draw.between(0, MOST_GAP) : 0;
        long stride = draw.oneIn(3) ? columns + (long) draw.between(0, MOST_GAP) : columns;
        long size = any ? offset + (rows - 1) * stride + columns : offset;
        if (!draw.oneIn(40)) {
            return new Extent(offset, stride, size, true);
        }
        boolean fits = true;
        switch (draw.below(4)) {
            case 0 -> {
                offset = draw.longExtreme();
                fits = offset >= 0 && fits(offset, stride, size, rows, columns);
                if (!fits) {
                    anyOf(offset);
                }
            }
            case 1 -> {
                stride = draw.longExtreme();
                fits = (rows < 2 || stride >= columns) && fits(offset, stride, size, rows, columns);
                if (!fits) {
                    anyOf(stride);
                }
            }
            case 2 -> {
                stride = columns - 1L;
                if (rows > 1) {
                    fits = false;
                    oracle.fault("rowStride", stride);
                }
            }
            default -> {
                size = Math.max(0, size - 1);
                if (any) {
                    fits = false;
                    oracle.fault("data", size);
                }
            }
        }
        return new Extent(offset, stride, size, fits);
    }

    /** Rows that lie beyond what there is: which of the arguments is wrong, nobody can tell. */
    private void anyOf(long value) {
        oracle.fault("offset", value);
        oracle.fault("rowStride", value);
        oracle.fault("data", value);
    }

    private static boolean fits(long offset, long stride, long size, int rows, int columns) {
        if (rows == 0 || columns == 0) {
            return true;
        }
        try {
            final long end = Math.addExact(Math.addExact(offset, Math.multiplyExact(rows - 1L, stride)), columns);
            return end <= size;
        } catch (ArithmeticException _) {
            return false;
        }
    }

    /**
     * An array.
     *
     * @param storage its bytes
     * @param matrix what is given of it
     */
    private record Array(MemorySegment storage, Supplier<Matrix> matrix) {}

    private Operand array(Element element, Extent extent, int rows, int columns, MemorySegment content) {
        final Array array = array(element, extent, rows, columns);
        return filled(element, array.storage(), 0, extent, rows, columns, content, array.matrix());
    }

    private static Array array(Element element, Extent extent, int rows, int columns) {
        final int size = Math.toIntExact(extent.size());
        final long offset = extent.offset();
        final long stride = extent.stride();
        return switch (element) {
            case F32 -> {
                final float[] data = new float[size];
                yield new Array(
                        MemorySegment.ofArray(data), () -> new Matrix.Floats(data, offset, rows, columns, stride));
            }
            case HALF -> {
                final short[] data = new short[size];
                yield new Array(
                        MemorySegment.ofArray(data), () -> new Matrix.Shorts(data, offset, rows, columns, stride));
            }
            case I8 -> {
                final byte[] data = new byte[size];
                yield new Array(
                        MemorySegment.ofArray(data), () -> new Matrix.Bytes(data, offset, rows, columns, stride));
            }
            case I32 -> {
                final int[] data = new int[size];
                yield new Array(
                        MemorySegment.ofArray(data), () -> new Matrix.Ints(data, offset, rows, columns, stride));
            }
        };
    }

    /** A part of an array, of which what lies beside it is another's. */
    private Operand slice(Place place, Element element, Extent extent, int rows, int columns, MemorySegment content) {
        final int before = draw.between(0, MOST_GAP);
        final int size = Math.toIntExact(before + extent.size() + draw.between(0, MOST_GAP));
        final MemorySegment all =
                switch (element) {
                    case F32 -> MemorySegment.ofArray(new float[size]);
                    case HALF -> MemorySegment.ofArray(new short[size]);
                    case I8 -> MemorySegment.ofArray(new byte[size]);
                    case I32 -> MemorySegment.ofArray(new int[size]);
                };
        final long start = (long) before * element.bytes();
        final MemorySegment part = all.asSlice(start, extent.size() * element.bytes());
        final boolean readOnly = place == Place.READ_ONLY_HEAP;
        if (readOnly) {
            oracle.fault("data", "read-only"); // the JVM does not say of which array it is
        }
        final MemorySegment data = readOnly ? part.asReadOnly() : part;
        return filled(
                element, all, start, extent, rows, columns, content, () -> view(element, data, extent, rows, columns));
    }

    private Operand segment(
            Element element,
            MemorySegment all,
            long start,
            long bytes,
            Extent extent,
            int rows,
            int columns,
            MemorySegment content) {
        final MemorySegment data = all.asSlice(start, bytes);
        return filled(
                element, all, start, extent, rows, columns, content, () -> view(element, data, extent, rows, columns));
    }

    private Operand filled(
            Element element,
            MemorySegment all,
            long start,
            Extent extent,
            int rows,
            int columns,
            MemorySegment content,
            Supplier<Matrix> view) {
        all.copyFrom(MemorySegment.ofArray(draw.bytes(Math.toIntExact(all.byteSize()))));
        final Operand operand = new Operand(
                element, all, start + extent.offset() * element.bytes(), extent.stride() * element.bytes(), view);
        if (extent.fits() && columns > 0) {
            operand.fill(content, rows, columns);
        }
        return operand;
    }

    /** What no call may look at; in its place an image of nothing. */
    private static Operand unreachable(Element element, MemorySegment data, Extent extent, int rows, int columns) {
        return new Operand(
                element,
                MemorySegment.ofArray(new byte[0]),
                0,
                extent.stride() * element.bytes(),
                () -> view(element, data, extent, rows, columns));
    }

    private static Matrix view(Element element, MemorySegment data, Extent extent, int rows, int columns) {
        return switch (element) {
            case F32, I32 -> Matrix.of(data, extent.offset(), rows, columns, extent.stride());
            case HALF -> Matrix.ofShorts(data, extent.offset(), rows, columns, extent.stride());
            case I8 -> Matrix.ofBytes(data, extent.offset(), rows, columns, extent.stride());
        };
    }

    @Override
    public void close() {
        own.close();
        arena.close();
    }
}
