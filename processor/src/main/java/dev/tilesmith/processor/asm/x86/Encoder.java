package dev.tilesmith.processor.asm.x86;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

/** Encodes operands by a form that accepts them: prefixes, opcode, ModRM, SIB, displacement, immediate. */
final class Encoder {
    private static final int[] MANDATORY = {0, 0x66, 0xF3, 0xF2};
    private static final int SIB = 4;
    private static final int NO_INDEX = 4;

    private final Form form;
    private final int vectorBits;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(15);

    private int reg;
    private int vvvv;
    private int low;
    private Optional<Operand> rm = Optional.empty();
    private int rmBytes = 1;
    private boolean rows;
    private boolean byteRegister;
    private Optional<Masked> masked = Optional.empty();
    private Optional<Rounding> rounding = Optional.empty();
    private Optional<Fixup> fixup = Optional.empty();
    private long immediate;
    private int immediateBytes;

    private Encoder(Form form, List<Operand> operands) {
        this.form = form;
        this.vectorBits = form.vectorBits(operands);
        this.reg = Math.max(0, form.digit());
    }

    /** The encoding of operands that {@code form} accepts. */
    static Encoded encode(Form form, List<Operand> operands) {
        final Encoder encoder = new Encoder(form, operands);
        for (int i = 0; i < operands.size(); i++) {
            encoder.place(i, operands.get(i));
        }
        return encoder.encoded();
    }

    private void place(int position, Operand operand) {
        switch (operand) {
            case Rounding asked -> rounding = Optional.of(asked);
            case Masked target -> {
                masked = Optional.of(target);
                place(position, target.target());
            }
            case Imm(long value) -> {
                immediate |= value;
                immediateBytes = ((Pattern.Constant) form.operands().get(position)).bytes();
            }
            case Label label ->
                fixup = Optional.of(new Fixup(
                        label, 0, 0, ((Pattern.Distance) form.operands().get(position)).bytes()));
            case Mem mem -> {
                rm = Optional.of(mem);
                rmBytes = form.memoryBytes(position, mem, vectorBits);
                rows = form.hasRows(position);
            }
            case Gpr gpr -> {
                // Codes 4 to 7 name ah to bh unless a REX prefix is there.
                byteRegister |= gpr.bits() == 8 && gpr.index() >= 4;
                placeRegister(position, gpr, gpr.index());
            }
            case Vec vec -> placeRegister(position, vec, vec.index());
            case Mask mask -> placeRegister(position, mask, mask.index());
            case Tmm tile -> placeRegister(position, tile, tile.index());
        }
    }

    private void placeRegister(int position, Operand register, int index) {
        switch (form.roles().charAt(position)) {
            case 'R' -> reg = index;
            case 'M' -> rm = Optional.of(register);
            case 'V' -> vvvv = index;
            case 'O' -> low = index;
            case 'S' -> {
                immediate |= (long) index << 4;
                immediateBytes = 1;
            }
            case 'A' -> {} // The opcode says which.
            default -> throw new IllegalStateException("form " + form + " has no role for a register at " + position);
        }
    }

    private Encoded encoded() {
        switch (form.prefix()) {
            case LEGACY -> legacyPrefixes();
            case VEX -> vexPrefix();
            case EVEX -> evexPrefix();
        }
        out.write(form.opcode() | (low & 7));
        rm.ifPresent(this::modRm);
        if (form.rm() >= 0) {
            modRm(3, form.rm());
        }
        if (fixup.isPresent() && rm.isEmpty()) {
            fixup = fixup.map(f -> new Fixup(f.target(), f.addend(), out.size(), f.bytes()));
            littleEndian(0, fixup.get().bytes());
        }
        littleEndian(immediate, immediateBytes);
        return new Encoded(out.toByteArray(), fixup);
    }

    /** SDM 2, 2.1.1 and 2.2.1. */
    private void legacyPrefixes() {
        if (form.mandatoryPrefix() != 0) {
            out.write(MANDATORY[form.mandatoryPrefix()]);
        }
        final int rex =
                (form.wide() ? 8 : 0) | reg >> 3 << 2 | indexBit() << 1 | (rm.isPresent() ? baseBit() : low >> 3);
        if (rex != 0 || byteRegister) {
            out.write(0x40 | rex);
        }
        if (form.map() > 0) {
            out.write(0x0F);
        }
        if (form.map() > 1) {
            out.write(form.map() == 2 ? 0x38 : 0x3A);
        }
    }

    /** SDM 2, 2.3.5: two bytes where X, B and W are zero and the map is 0F, else three. R, X, B and vvvv are inverted. */
    private void vexPrefix() {
        final int length = vectorBits == 256 ? 1 : 0;
        final int tail = (~vvvv & 15) << 3 | length << 2 | form.mandatoryPrefix();
        final int r = ~reg >> 3 & 1;
        if (form.map() == 1 && !form.wide() && indexBit() == 0 && baseBit() == 0) {
            out.write(0xC5);
            out.write(r << 7 | tail);
        } else {
            out.write(0xC4);
            out.write(r << 7 | (1 - indexBit()) << 6 | (1 - baseBit()) << 5 | form.map());
            out.write((form.wide() ? 0x80 : 0) | tail);
        }
    }

    /** SDM 2, 2.7.1: R, X, B, R', vvvv and V' are inverted; X doubles as bit 4 of a vector register in ModRM.rm. */
    private void evexPrefix() {
        final int rmHigh = rm.isPresent() && rm.get() instanceof Vec vec ? vec.index() >> 4 : indexBit();
        out.write(0x62);
        out.write((~reg >> 3 & 1) << 7 | (1 - rmHigh) << 6 | (1 - baseBit()) << 5 | (~reg >> 4 & 1) << 4 | form.map());
        out.write((form.wide() ? 0x80 : 0) | (~vvvv & 15) << 3 | 4 | form.mandatoryPrefix());
        final int z = masked.filter(Masked::zeroing).isPresent() ? 1 : 0;
        final int b = rounding.isPresent() || rm.filter(Encoder::isBroadcast).isPresent() ? 1 : 0;
        final int length = rounding.map(Rounding::bits).orElse(vectorBits == 512 ? 2 : vectorBits == 256 ? 1 : 0);
        final int mask = masked.map(m -> m.mask().index()).orElse(0);
        out.write(z << 7 | length << 5 | b << 4 | (~vvvv >> 4 & 1) << 3 | mask);
    }

    private static boolean isBroadcast(Operand operand) {
        return operand instanceof Mem mem && mem.broadcast();
    }

    /** Bit 3 of the index register. */
    private int indexBit() {
        return rm.isPresent() && rm.get() instanceof Mem mem && mem.index().isPresent()
                ? mem.index().get().index() >> 3
                : 0;
    }

    /** Bit 3 of the register in ModRM.rm, or of the base. */
    private int baseBit() {
        if (rm.isEmpty()) {
            return 0;
        }
        if (rm.get() instanceof Mem mem) {
            return mem.base().isPresent() ? mem.base().get().index() >> 3 : 0;
        }
        return registerIndex(rm.get()) >> 3 & 1;
    }

    private static int registerIndex(Operand register) {
        return switch (register) {
            case Gpr gpr -> gpr.index();
            case Vec vec -> vec.index();
            case Mask mask -> mask.index();
            case Tmm tile -> tile.index();
            default -> throw new IllegalStateException(register + " is no register");
        };
    }

    /** SDM 2, tables 2-2 and 2-3. */
    private void modRm(Operand operand) {
        if (!(operand instanceof Mem mem)) {
            modRm(3, registerIndex(operand));
        } else if (mem.label().isPresent()) {
            modRm(0, 5);
            fixup = Optional.of(new Fixup(mem.label().get(), mem.disp(), out.size(), 4));
            littleEndian(0, 4);
        } else if (mem.base().isEmpty()) {
            modRm(0, SIB);
            sib(mem, 5);
            littleEndian(mem.disp(), 4);
        } else {
            based(mem, mem.base().get().index());
        }
    }

    private void based(Mem mem, int base) {
        final int mode = displacementMode(mem.disp(), base);
        // Code 4, rsp and r12, means that a SIB byte follows, so these bases need one; rows of tiles always do.
        if (rows || mem.index().isPresent() || (base & 7) == SIB) {
            modRm(mode, SIB);
            sib(mem, base);
        } else {
            modRm(mode, base);
        }
        switch (mode) {
            case 1 -> out.write(mem.disp() / scaleOfDisp8());
            case 2 -> littleEndian(mem.disp(), 4);
            default -> {} // No displacement.
        }
    }

    private int displacementMode(int disp, int base) {
        // Code 5, rbp and r13, without a displacement means rip or no base, so these bases need one.
        if (disp == 0 && (base & 7) != 5) {
            return 0;
        }
        final int n = scaleOfDisp8();
        return disp % n == 0 && disp / n == (byte) (disp / n) ? 1 : 2;
    }

    /** SDM 2, 2.7.5: with EVEX a one-byte displacement counts in units of the memory operand. */
    private int scaleOfDisp8() {
        return form.prefix() == Prefix.EVEX ? rmBytes : 1;
    }

    private void modRm(int mode, int field) {
        out.write(mode << 6 | (reg & 7) << 3 | (field & 7));
    }

    private void sib(Mem mem, int base) {
        final int index = mem.index().map(Gpr::index).orElse(NO_INDEX);
        out.write(Integer.numberOfTrailingZeros(mem.scale()) << 6 | (index & 7) << 3 | (base & 7));
    }

    private void littleEndian(long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >> (8 * i)));
        }
    }
}
