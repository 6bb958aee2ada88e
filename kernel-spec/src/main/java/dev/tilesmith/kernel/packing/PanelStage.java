package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A stretch of a panel as it is put together of groups of 16 bytes, in an array whose elements are a column's kr bytes:
 * then a run of columns is a plain loop, or a copy. It is copied to the panel while it is in the first-level cache.
 */
abstract sealed class PanelStage {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final int nr;
    private final int elementBytes;
    private final int scaleElements;
    private final MemorySegment memory;
    private final MemorySegment scaleMemory;

    /** Elements there are. */
    private int size;

    private int scalesAt;

    private PanelStage(PanelLayout layout, int elementBytes, MemorySegment memory, MemorySegment scaleMemory) {
        this.nr = layout.nr();
        this.elementBytes = elementBytes;
        this.scaleElements = Math.toIntExact(layout.blockEndBytes() / elementBytes);
        this.memory = memory;
        this.scaleMemory = scaleMemory;
    }

    /**
     * A stage for panels of such a layout.
     *
     * @param groups groups of the longest stretch, which may have as many scales
     */
    static PanelStage of(PanelLayout layout, int groups) {
        final int nr = layout.nr();
        final int scaleBytes = Math.toIntExact(groups * layout.blockEndBytes());
        final int bytes = groups * nr * ValueGroups.BYTES + scaleBytes;
        // scales of 16 bits for all columns are whole elements, on a machine that has ints as files have them
        final boolean whole = nr % 4 == 0 && ByteOrder.nativeOrder().equals(ByteOrder.LITTLE_ENDIAN);
        return switch (whole ? layout.kr() : 1) {
            case 2 -> new Shorts(layout, new short[bytes / Short.BYTES], new short[scaleBytes / Short.BYTES]);
            case 4 -> new Ints(layout, new int[bytes / Integer.BYTES], new int[scaleBytes / Integer.BYTES]);
            case 8 -> new Longs(layout, new long[bytes / Long.BYTES], new long[scaleBytes / Long.BYTES]);
            default -> new Bytes(layout, new byte[bytes], new byte[scaleBytes]);
        };
    }

    /** Adds a group of each column, four bits in the order of the panel's kr: that of column j lies at {@code from + j}. */
    final void addGroup(ValueGroups groups, int from) {
        put(groups, from, nr, size);
        size += ValueGroups.BYTES * nr / elementBytes;
    }

    /** Puts a group of each column at an element. */
    abstract void put(ValueGroups groups, int from, int columns, int at);

    /** Takes scales of several blocks, binary32s, to be added block by block. */
    final void setScales(float[] scales, int count) {
        MemorySegment.copy(scales, 0, scaleMemory, FLOAT, 0, count);
        scalesAt = 0;
    }

    /** Takes scales of several blocks, of 16 bits, with the minima of each block after its scales, to be added block by block. */
    final void setScales(short[] scales, int count) {
        MemorySegment.copy(scales, 0, scaleMemory, SHORT, 0, count);
        scalesAt = 0;
    }

    /** Adds the scales of the next block, one for each column, and its minima where it has any. */
    final void addScales() {
        copyScales(scalesAt, size, scaleElements);
        scalesAt += scaleElements;
        size += scaleElements;
    }

    /** Copies elements of scales. */
    abstract void copyScales(int from, int at, int count);

    /** Copies what there is to byte {@code at} of the panels, begins anew, and returns where the bytes end. */
    final long moveTo(MemorySegment data, long at) {
        final long bytes = (long) size * elementBytes;
        MemorySegment.copy(memory, 0, data, at, bytes);
        size = 0;
        return at + bytes;
    }

    /** Bytes, for every kr. */
    private static final class Bytes extends PanelStage {
        private final int kr;
        private final byte[] to;
        private final byte[] scales;

        Bytes(PanelLayout layout, byte[] to, byte[] scales) {
            super(layout, 1, MemorySegment.ofArray(to), MemorySegment.ofArray(scales));
            this.kr = layout.kr();
            this.to = to;
            this.scales = scales;
        }

        @Override
        void copyScales(int from, int at, int count) {
            System.arraycopy(scales, from, to, at, count);
        }

        @Override
        void put(ValueGroups groups, int from, int columns, int at) {
            for (int place = 0; place < ValueGroups.BYTES; place++) {
                final int[] values = groups.quarter(place / Integer.BYTES);
                final int shift = place % Integer.BYTES * Byte.SIZE;
                final int start = at + place / kr * columns * kr + place % kr;
                if (kr == 1) {
                    for (int j = 0; j < columns; j++) {
                        to[start + j] = (byte) (values[from + j] >>> shift);
                    }
                } else {
                    for (int j = 0; j < columns; j++) {
                        to[start + j * kr] = (byte) (values[from + j] >>> shift);
                    }
                }
            }
        }
    }

    /** Elements of two bytes. */
    private static final class Shorts extends PanelStage {
        private final short[] to;
        private final short[] scales;

        Shorts(PanelLayout layout, short[] to, short[] scales) {
            super(layout, Short.BYTES, MemorySegment.ofArray(to), MemorySegment.ofArray(scales));
            this.to = to;
            this.scales = scales;
        }

        @Override
        void copyScales(int from, int at, int count) {
            System.arraycopy(scales, from, to, at, count);
        }

        @Override
        void put(ValueGroups groups, int from, int columns, int at) {
            for (int i = 0; i < 2 * Integer.BYTES; i++) {
                final int[] values = groups.quarter(i / 2);
                final int shift = i % 2 * Short.SIZE;
                final int start = at + i * columns;
                for (int j = 0; j < columns; j++) {
                    to[start + j] = (short) (values[from + j] >>> shift);
                }
            }
        }
    }

    /** Elements of four bytes. */
    private static final class Ints extends PanelStage {
        private final int[] to;
        private final int[] scales;

        Ints(PanelLayout layout, int[] to, int[] scales) {
            super(layout, Integer.BYTES, MemorySegment.ofArray(to), MemorySegment.ofArray(scales));
            this.to = to;
            this.scales = scales;
        }

        @Override
        void copyScales(int from, int at, int count) {
            System.arraycopy(scales, from, to, at, count);
        }

        @Override
        void put(ValueGroups groups, int from, int columns, int at) {
            for (int quarter = 0; quarter < Integer.BYTES; quarter++) {
                System.arraycopy(groups.quarter(quarter), from, to, at + quarter * columns, columns);
            }
        }
    }

    /** Elements of eight bytes. */
    private static final class Longs extends PanelStage {
        private final long[] to;
        private final long[] scales;

        Longs(PanelLayout layout, long[] to, long[] scales) {
            super(layout, Long.BYTES, MemorySegment.ofArray(to), MemorySegment.ofArray(scales));
            this.to = to;
            this.scales = scales;
        }

        @Override
        void copyScales(int from, int at, int count) {
            System.arraycopy(scales, from, to, at, count);
        }

        @Override
        void put(ValueGroups groups, int from, int columns, int at) {
            put(groups.quarter(0), groups.quarter(1), from, columns, at);
            put(groups.quarter(2), groups.quarter(3), from, columns, at + columns);
        }

        private void put(int[] low, int[] high, int from, int columns, int at) {
            for (int j = 0; j < columns; j++) {
                to[at + j] = (low[from + j] & 0xffffffffL) | ((long) high[from + j] << Integer.SIZE);
            }
        }
    }
}
