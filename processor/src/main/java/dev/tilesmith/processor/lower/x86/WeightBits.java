package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.asm.x86.Op.VPAND;
import static dev.tilesmith.processor.asm.x86.Op.VPANDD;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTD;
import static dev.tilesmith.processor.asm.x86.Op.VPMOVSXBW;
import static dev.tilesmith.processor.asm.x86.Op.VPSHUFB;
import static dev.tilesmith.processor.asm.x86.Op.VPSRLD;
import static dev.tilesmith.processor.asm.x86.Op.VPSUBB;
import static dev.tilesmith.processor.asm.x86.Op.VPXOR;
import static dev.tilesmith.processor.asm.x86.Op.VPXORD;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.METADATA;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.METADATA_AT;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;
import java.util.Arrays;

/**
 * How weights become what dot products take: those of which a byte holds several unsigned bytes. Constants are in the last
 * registers, for those the last of all being a mask of the low four bits of each byte.
 */
abstract sealed class WeightBits {
    private static final int LOW_BITS = 0x0f0f0f0f;
    private static final int LOW_SEVEN = 0x7f7f7f7f;

    final Assembler asm;
    final Isa isa;

    private WeightBits(Assembler asm, Isa isa) {
        this.asm = asm;
        this.isa = isa;
    }

    /** What a program wants; {@code panelColumns} says where a panel's table is. */
    static WeightBits of(Assembler asm, Isa isa, Program program, int panelColumns) {
        final Contraction contraction = program.contraction();
        final PanelColumns columns = PanelColumns.of(program, panelColumns);
        return switch (contraction.rhs().stored()) {
            case INT8 ->
                switch (contraction.rhs().element()) {
                    case U8 -> new Offset(asm, isa);
                    case I16 -> new Widened(asm, isa);
                    case F32, BF16, I8 -> throw unknown(contraction);
                };
            case NIBBLES -> new Nibbles(asm, isa);
            case TWO_BITS ->
                contraction.product() == Product.DOT_OF_FOUR
                        ? new WholeTable(asm, isa, columns.table())
                        : new HalvedTable(asm, isa, columns.table());
            case F32, F16, BF16 -> throw unknown(contraction);
        };
    }

    private static IllegalArgumentException unknown(Contraction contraction) {
        return new IllegalArgumentException("no code of tiles in blocks for " + contraction);
    }

    /** Values that a byte holds. */
    abstract int parts();

    /** Registers that constants take. */
    abstract int constants();

    /** Sets the constants; no step is at hand. */
    void begin() {
        asm.emit(VPBROADCASTD, constant(0), Mem.at(asm.constant(new int[] {LOW_BITS}, Integer.BYTES)));
    }

    /**
     * Leaves in {@code to} one part of each byte of a vector.
     *
     * @param kept holds bits that serve a part and the one before it, as that has left it; or is {@code to}
     */
    abstract void load(Vec to, Vec kept, Mem from, int part);

    /** Leaves in two registers halves of one part of each byte of a vector, whose sum it is, neither above 128. */
    void loadHalves(Vec first, Vec second, Mem from, int part) {
        throw new IllegalStateException("weights of four bits need no halves");
    }

    /** A constant, counted from the last register. */
    final Vec constant(int index) {
        return new Vec(isa.bits(), isa.registers() - 1 - index);
    }

    /** Four bits of each byte: those from bit {@code shift} on. */
    final void lowBits(Vec to, Mem from, int shift) {
        if (shift == 0) {
            and(to, constant(0), from);
        } else if (isa == Isa.AVX512) {
            asm.emit(VPSRLD, to, from, new Imm(shift));
            asm.emit(VPANDD, to, to, constant(0));
        } else {
            asm.emit(VMOVUPS, to, from);
            asm.emit(VPSRLD, to, to, new Imm(shift));
            asm.emit(VPAND, to, to, constant(0));
        }
    }

    final void and(Vec to, Vec a, Mem b) {
        asm.emit(isa == Isa.AVX512 ? VPANDD : VPAND, to, a, b);
    }

    /** Two values of four bits to a byte. */
    private static final class Nibbles extends WeightBits {
        private static final int BITS = 4;

        Nibbles(Assembler asm, Isa isa) {
            super(asm, isa);
        }

        @Override
        int parts() {
            return 2;
        }

        @Override
        int constants() {
            return 1;
        }

        @Override
        void load(Vec to, Vec kept, Mem from, int part) {
            lowBits(to, from, part * BITS);
        }
    }

    /** One value of eight bits to a byte, signed: 128 is added. */
    private static final class Offset extends WeightBits {
        private static final int SIGNS = 0x80808080;

        Offset(Assembler asm, Isa isa) {
            super(asm, isa);
        }

        @Override
        int parts() {
            return 1;
        }

        @Override
        int constants() {
            return 1;
        }

        @Override
        void begin() {
            asm.emit(VPBROADCASTD, constant(0), Mem.at(asm.constant(new int[] {SIGNS}, Integer.BYTES)));
        }

        @Override
        void load(Vec to, Vec kept, Mem from, int part) {
            asm.emit(isa == Isa.AVX512 ? VPXORD : VPXOR, to, constant(0), from);
        }
    }

    /** The same, made signed integers of 16 bits; the constant's register is for their products. */
    private static final class Widened extends WeightBits {
        Widened(Assembler asm, Isa isa) {
            super(asm, isa);
        }

        @Override
        int parts() {
            return 1;
        }

        @Override
        int constants() {
            return 1;
        }

        @Override
        void begin() {} // there is none

        @Override
        void load(Vec to, Vec kept, Mem from, int part) {
            asm.emit(VPMOVSXBW, to, from);
        }
    }

    /** Four values of two bits to a byte, which choose from the panel's table. */
    private abstract static sealed class Table extends WeightBits {
        /** Bytes from the panel's metadata to its table. */
        private final int at;

        private Table(Assembler asm, Isa isa, int at) {
            super(asm, isa);
            this.at = at;
        }

        @Override
        final int parts() {
            return 4;
        }

        @Override
        final int constants() {
            return 3;
        }

        /** Leaves the table, again and again, in a register. */
        final void loadTable(Vec to) {
            asm.emit(MOV, METADATA_AT, mem(ARGUMENTS, METADATA));
            asm.emit(VPBROADCASTD, to, mem(METADATA_AT, at));
        }

        /** The four ints in every 128 bits of a vector. */
        final Mem everywhere(int... four) {
            final int[] all = new int[isa.lanes()];
            Arrays.setAll(all, i -> four[i % four.length]);
            return Mem.at(asm.constant(all, isa.bits() / 8));
        }
    }

    /**
     * The instruction that looks up takes four bits as a place in a table of 16. Where such a table repeats the panel's, it
     * looks at the lower two of the four bits alone; in another each value is four times in turn, for the upper two.
     */
    private static final class WholeTable extends Table {
        WholeTable(Assembler asm, Isa isa, int at) {
            super(asm, isa, at);
        }

        @Override
        void begin() {
            super.begin();
            loadTable(constant(1));
            final Mem upper = everywhere(0, 0x01010101, 0x02020202, 0x03030303);
            asm.emit(VPSHUFB, constant(2), constant(1), upper);
        }

        @Override
        void load(Vec to, Vec kept, Mem from, int part) {
            if (part % 2 == 0 || kept.equals(to)) {
                lowBits(kept, from, part / 2 * 4);
            }
            asm.emit(VPSHUFB, to, constant(1 + part % 2), kept);
        }
    }

    /** Two tables, each of the halves of what the bits stand for; the first is rounded down. */
    private static final class HalvedTable extends Table {
        HalvedTable(Assembler asm, Isa isa, int at) {
            super(asm, isa, at);
        }

        @Override
        void begin() {
            super.begin();
            loadTable(constant(2));
            asm.emit(VPSRLD, constant(1), constant(2), new Imm(1));
            and(constant(1), constant(1), everywhere(LOW_SEVEN, LOW_SEVEN, LOW_SEVEN, LOW_SEVEN));
            asm.emit(VPSUBB, constant(2), constant(2), constant(1));
        }

        @Override
        void load(Vec to, Vec kept, Mem from, int part) {
            throw new IllegalStateException("weights of two bits are multiplied by halves here");
        }

        @Override
        void loadHalves(Vec first, Vec second, Mem from, int part) {
            lowBits(second, from, part * 2);
            asm.emit(VPSHUFB, first, constant(1), second);
            asm.emit(VPSHUFB, second, constant(2), second);
        }
    }
}
