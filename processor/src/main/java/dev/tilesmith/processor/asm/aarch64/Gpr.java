package dev.tilesmith.processor.asm.aarch64;

/**
 * A general register, or what shares its number 31: zero and the stack pointer.
 *
 * @param index 0 to 31
 * @param bits 64 or 32
 * @param stack whether 31 is the stack pointer, not zero
 */
public record Gpr(int index, int bits, boolean stack) implements Register {
    /** Zero, 64 bits. */
    public static final Gpr XZR = new Gpr(31, 64, false);

    /** Zero, 32 bits. */
    public static final Gpr WZR = new Gpr(31, 32, false);

    /** The stack pointer. */
    public static final Gpr SP = new Gpr(31, 64, true);

    /** The stack pointer's lower half. */
    public static final Gpr WSP = new Gpr(31, 32, true);

    public Gpr {
        Bounds.require("index of a general register", index, 0, 31);
        if (bits != 64 && bits != 32) {
            throw new IllegalArgumentException("width of a general register is " + bits + "; it must be 64 or 32");
        }
        if (stack && index != 31) {
            throw new IllegalArgumentException("index of the stack pointer is " + index + "; it must be 31");
        }
    }

    /** The 64-bit register {@code index}, 0 to 30. */
    public static Gpr x(int index) {
        Bounds.require("index of an x register", index, 0, 30);
        return new Gpr(index, 64, false);
    }

    /** The 32-bit register {@code index}, 0 to 30. */
    public static Gpr w(int index) {
        Bounds.require("index of a w register", index, 0, 30);
        return new Gpr(index, 32, false);
    }

    /** The 64-bit view of the same register. */
    public Gpr x() {
        return new Gpr(index, 64, stack);
    }

    /** The 32-bit view of the same register. */
    public Gpr w() {
        return new Gpr(index, 32, stack);
    }

    @Override
    public Shape shape() {
        return new Shape(bits == 64 ? "x" : "w", "");
    }

    @Override
    public String text() {
        if (index < 31) {
            return shape().text(index);
        }
        return stack ? (bits == 64 ? "sp" : "wsp") : shape().prefix() + "zr";
    }

    @Override
    public String toString() {
        return text();
    }
}
