package dev.tilesmith.processor.asm.x86;

import java.util.List;

/**
 * A general register, seen with some width. The constants are the 64-bit views.
 *
 * @param index 0 to 15, in the order of the encoding
 * @param bits 64, 32, 16 or 8; the 8-bit views are the low bytes, never ah to bh
 */
public record Gpr(int index, int bits) implements Operand {
    public static final Gpr RAX = new Gpr(0, 64);
    public static final Gpr RCX = new Gpr(1, 64);
    public static final Gpr RDX = new Gpr(2, 64);
    public static final Gpr RBX = new Gpr(3, 64);
    public static final Gpr RSP = new Gpr(4, 64);
    public static final Gpr RBP = new Gpr(5, 64);
    public static final Gpr RSI = new Gpr(6, 64);
    public static final Gpr RDI = new Gpr(7, 64);
    public static final Gpr R8 = new Gpr(8, 64);
    public static final Gpr R9 = new Gpr(9, 64);
    public static final Gpr R10 = new Gpr(10, 64);
    public static final Gpr R11 = new Gpr(11, 64);
    public static final Gpr R12 = new Gpr(12, 64);
    public static final Gpr R13 = new Gpr(13, 64);
    public static final Gpr R14 = new Gpr(14, 64);
    public static final Gpr R15 = new Gpr(15, 64);

    private static final List<String> NAMES = List.of("ax", "cx", "dx", "bx", "sp", "bp", "si", "di");

    public Gpr {
        if (index < 0 || index > 15) {
            throw new IllegalArgumentException("index of a general register is " + index + "; it must be 0 to 15");
        }
        if (bits != 64 && bits != 32 && bits != 16 && bits != 8) {
            throw new IllegalArgumentException(
                    "width of a general register is " + bits + "; it must be 64, 32, 16 or 8");
        }
    }

    /** The 64-bit view of register {@code index}. */
    public static Gpr r64(int index) {
        return new Gpr(index, 64);
    }

    /** The 32-bit view of register {@code index}. */
    public static Gpr r32(int index) {
        return new Gpr(index, 32);
    }

    /** The same register, {@code bits} wide. */
    public Gpr as(int bits) {
        return new Gpr(index, bits);
    }

    /** The 32-bit view of the same register. */
    public Gpr as32() {
        return as(32);
    }

    @Override
    public String text() {
        if (index >= 8) {
            return "r" + index
                    + switch (bits) {
                        case 64 -> "";
                        case 32 -> "d";
                        case 16 -> "w";
                        default -> "b";
                    };
        }
        final String name = NAMES.get(index);
        return switch (bits) {
            case 64 -> "r" + name;
            case 32 -> "e" + name;
            case 16 -> name;
            default -> index < 4 ? name.charAt(0) + "l" : name + "l";
        };
    }

    @Override
    public String toString() {
        return text();
    }
}
