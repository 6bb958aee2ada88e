package dev.tilesmith.processor.asm.x86;

import java.util.Collections;
import java.util.List;

/**
 * How large the eight tile registers are, as LDTILECFG loads it: palette 1 (Intel's Software Developer's Manual, volume 2, LDTILECFG).
 *
 * @param registers those of each register, tmm0 first
 */
public record TileConfiguration(List<Size> registers) {
    /** Bytes of the memory that is loaded, and what it should be aligned to. */
    public static final int BYTES = 64;

    /** Registers of the palette. */
    public static final int REGISTERS = 8;

    private static final int PALETTE = 1;
    private static final int ROW_BYTES_AT = 16;
    private static final int ROWS_AT = 48;

    /**
     * The size of a tile register.
     *
     * @param rows 1 to 16
     * @param rowBytes bytes of a row, 1 to 64
     */
    public record Size(int rows, int rowBytes) {
        /** As large as there are. */
        public static final Size LARGEST = new Size(16, 64);

        /** Refuses what no register has. */
        public Size {
            if (rows < 1 || rows > 16 || rowBytes < 1 || rowBytes > 64) {
                throw new IllegalArgumentException("size of a tile register is " + rows + " rows of " + rowBytes
                        + " bytes; expected 1 to 16 of 1 to 64");
            }
        }
    }

    /** Refuses fewer registers than there are, and more. */
    public TileConfiguration {
        registers = List.copyOf(registers);
        if (registers.size() != REGISTERS) {
            throw new IllegalArgumentException(
                    "registers: sizes of " + registers.size() + " tile registers; expected " + REGISTERS);
        }
    }

    /** All registers as large as there are. */
    public static TileConfiguration largest() {
        return new TileConfiguration(Collections.nCopies(REGISTERS, Size.LARGEST));
    }

    /** What is loaded: the palette, and for each register the bytes of its rows, 16 bits each, and how many these are, 8 bits each. */
    public byte[] bytes() {
        final byte[] bytes = new byte[BYTES];
        bytes[0] = PALETTE;
        for (int register = 0; register < REGISTERS; register++) {
            final Size size = registers.get(register);
            bytes[ROW_BYTES_AT + Short.BYTES * register] = (byte) size.rowBytes();
            bytes[ROWS_AT + register] = (byte) size.rows();
        }
        return bytes;
    }
}
