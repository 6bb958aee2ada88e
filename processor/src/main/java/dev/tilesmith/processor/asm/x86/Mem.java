package dev.tilesmith.processor.asm.x86;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Memory at {@code base + index * scale + disp}, or at a label. How many bytes are read or written is the
 * instruction's to say, unless {@code broadcast}: then it is one element, repeated to the width of the vector.
 *
 * @param base 64-bit register, absent in {@code [index * scale + disp]} and at a label
 * @param index 64-bit register other than rsp
 * @param scale 1, 2, 4 or 8; not 1 where base is absent
 * @param disp bytes
 * @param label place in the same code, reached relative to rip; excludes base and index
 * @param broadcast whether one element is repeated (EVEX)
 */
public record Mem(
        Optional<Gpr> base, Optional<Gpr> index, int scale, int disp, Optional<Label> label, boolean broadcast)
        implements Operand {
    public Mem {
        base.ifPresent(register -> requireAddress("base", register));
        index.ifPresent(register -> requireAddress("index", register));
        if (index.equals(Optional.of(Gpr.RSP))) {
            throw new IllegalArgumentException("index of an address is rsp; it must be another register");
        }
        if (scale != 1 && scale != 2 && scale != 4 && scale != 8) {
            throw new IllegalArgumentException("scale of an address is " + scale + "; it must be 1, 2, 4 or 8");
        }
        if (label.isPresent() && (base.isPresent() || index.isPresent())) {
            throw new IllegalArgumentException("address at label " + label.get()
                    + " has a base or an index; it can have" + " neither, load the label's address first");
        }
        if (label.isEmpty() && base.isEmpty() && (index.isEmpty() || scale == 1)) {
            throw new IllegalArgumentException(
                    "address has no base; it must have one, a label, or an index scaled by 2," + " 4 or 8");
        }
    }

    /** {@code [base]}. */
    public static Mem mem(Gpr base) {
        return mem(base, 0);
    }

    /** {@code [base + disp]}. */
    public static Mem mem(Gpr base, int disp) {
        return new Mem(Optional.of(base), Optional.empty(), 1, disp, Optional.empty(), false);
    }

    /** {@code [base + index * scale + disp]}. */
    public static Mem mem(Gpr base, Gpr index, int scale, int disp) {
        return new Mem(Optional.of(base), Optional.of(index), scale, disp, Optional.empty(), false);
    }

    /** {@code [index * scale + disp]}. */
    public static Mem scaled(Gpr index, int scale, int disp) {
        return new Mem(Optional.empty(), Optional.of(index), scale, disp, Optional.empty(), false);
    }

    /** {@code [rip + label]}. */
    public static Mem at(Label label) {
        return at(label, 0);
    }

    /** {@code [rip + label + disp]}. */
    public static Mem at(Label label, int disp) {
        return new Mem(Optional.empty(), Optional.empty(), 1, disp, Optional.of(label), false);
    }

    /** One element from the same place, repeated to the width of the vector. */
    public Mem repeated() {
        return new Mem(base, index, scale, disp, label, true);
    }

    /** The same address, {@code bytes} further. */
    public Mem plus(int bytes) {
        return new Mem(base, index, scale, Math.addExact(disp, bytes), label, broadcast);
    }

    /** As a destination whose elements are written where {@code mask} says so. */
    public Masked merging(Mask mask) {
        return new Masked(this, mask, false);
    }

    /**
     * The address with what as needs to know of its size.
     *
     * @param bytes read or written; empty where an address is all that counts
     * @param copies of a repeated element
     */
    String text(OptionalInt bytes, int copies) {
        return (bytes.isPresent() ? sizeName(bytes.getAsInt()) + " ptr " : "")
                + address()
                + (broadcast ? "{1to" + copies + "}" : "");
    }

    @Override
    public String text() {
        return address() + (broadcast ? "{1toN}" : "");
    }

    @Override
    public String toString() {
        return text();
    }

    private String address() {
        final StringBuilder text = new StringBuilder("[");
        label.ifPresent(target -> text.append("rip+").append(target.text()));
        base.ifPresent(register -> text.append(register.text()));
        index.ifPresent(register -> text.append(base.isPresent() ? "+" : "")
                .append(register.text())
                .append('*')
                .append(scale));
        if (disp != 0) {
            text.append(disp > 0 ? "+" : "").append(disp);
        }
        return text.append(']').toString();
    }

    private static String sizeName(int bytes) {
        return switch (bytes) {
            case 1 -> "byte";
            case 2 -> "word";
            case 4 -> "dword";
            case 8 -> "qword";
            case 16 -> "xmmword";
            case 32 -> "ymmword";
            case 64 -> "zmmword";
            default -> throw new IllegalArgumentException("memory of " + bytes + " bytes has no name");
        };
    }

    private static void requireAddress(String role, Gpr register) {
        if (register.bits() != 64) {
            throw new IllegalArgumentException(
                    role + " of an address is " + register + "; it must be the 64-bit " + register.as(64));
        }
    }
}
