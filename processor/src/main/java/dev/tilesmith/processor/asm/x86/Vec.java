package dev.tilesmith.processor.asm.x86;

/**
 * A vector register, seen with some width.
 *
 * @param bits 128 (xmm), 256 (ymm) or 512 (zmm)
 * @param index 0 to 31; 16 and up exist with EVEX only
 */
public record Vec(int bits, int index) implements Operand {
    public Vec {
        if (bits != 128 && bits != 256 && bits != 512) {
            throw new IllegalArgumentException(
                    "width of a vector register is " + bits + "; it must be 128, 256 or 512");
        }
        if (index < 0 || index > 31) {
            throw new IllegalArgumentException("index of a vector register is " + index + "; it must be 0 to 31");
        }
    }

    /** 128-bit register {@code index}. */
    public static Vec xmm(int index) {
        return new Vec(128, index);
    }

    /** 256-bit register {@code index}. */
    public static Vec ymm(int index) {
        return new Vec(256, index);
    }

    /** 512-bit register {@code index}. */
    public static Vec zmm(int index) {
        return new Vec(512, index);
    }

    /** The same register, {@code bits} wide. */
    public Vec as(int bits) {
        return new Vec(bits, index);
    }

    /** As a destination that keeps the elements {@code mask} leaves out. */
    public Masked merging(Mask mask) {
        return new Masked(this, mask, false);
    }

    /** As a destination that zeroes the elements {@code mask} leaves out. */
    public Masked zeroing(Mask mask) {
        return new Masked(this, mask, true);
    }

    @Override
    public String text() {
        return switch (bits) {
                    case 128 -> "xmm";
                    case 256 -> "ymm";
                    default -> "zmm";
                }
                + index;
    }

    @Override
    public String toString() {
        return text();
    }
}
