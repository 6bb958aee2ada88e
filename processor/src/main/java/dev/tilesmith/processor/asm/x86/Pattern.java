package dev.tilesmith.processor.asm.x86;

import java.util.Locale;
import java.util.StringJoiner;

/** What one operand of a form may be. */
sealed interface Pattern {
    /** Whether the operand may stand here, in a form of this prefix whose vectors are {@code vectorBits} wide. */
    boolean accepts(Operand operand, Prefix prefix, int vectorBits);

    /** The operands accepted, in words. */
    String describe(Prefix prefix, int vectorBits);

    /** Registers that a place may name; the last four are relative to the vector width of the instruction. */
    enum RegisterClass {
        NONE,
        R8,
        R16,
        R32,
        R64,
        EAX,
        RAX,
        K,
        T,
        X,
        Y,
        Z,
        V,
        H,
        Q,
        O;

        boolean contains(Operand operand, int limit, int vectorBits) {
            return switch (operand) {
                case Gpr gpr -> containsGpr(gpr);
                case Vec vec -> vec.bits() == vectorBits(vectorBits) && vec.index() < limit;
                case Mask _ -> this == K;
                case Tmm _ -> this == T;
                default -> false;
            };
        }

        private boolean containsGpr(Gpr gpr) {
            return switch (this) {
                case R8 -> gpr.bits() == 8;
                case R16 -> gpr.bits() == 16;
                case R32 -> gpr.bits() == 32;
                case R64 -> gpr.bits() == 64;
                case EAX -> gpr.bits() == 32 && gpr.index() == 0;
                case RAX -> gpr.bits() == 64 && gpr.index() == 0;
                default -> false;
            };
        }

        /** Whether it is one register, which the opcode can imply. */
        boolean isOne() {
            return this == EAX || this == RAX;
        }

        /** Width of the vector registers here, 0 if there are none. A part of a vector still sits in an xmm. */
        int vectorBits(int instruction) {
            return switch (this) {
                case X -> 128;
                case Y -> 256;
                case Z -> 512;
                case V -> instruction;
                case H -> Math.max(128, instruction / 2);
                case Q -> Math.max(128, instruction / 4);
                case O -> Math.max(128, instruction / 8);
                default -> 0;
            };
        }

        String describe(int limit, int vectorBits) {
            return switch (this) {
                case NONE -> "";
                case R8, R16, R32, R64 -> name().substring(1) + "-bit general register";
                case EAX, RAX -> name().toLowerCase(Locale.ROOT);
                case K -> "mask register";
                case T -> "tile register";
                default ->
                    vectorBits == 0
                            ? "vector register 0 to " + (limit - 1)
                            : new Vec(vectorBits(vectorBits), 0) + " to " + (limit - 1);
            };
        }
    }

    /**
     * Bytes of a memory operand: a fixed number, or a fraction of the vector.
     *
     * @param bytes fixed number, or 0
     * @param fraction 1, 2, 4 or 8 for that part of the vector, or 0
     */
    record MemorySize(int bytes, int fraction) {
        /** No memory. */
        static final MemorySize NONE = new MemorySize(0, 0);

        /** An address, of whatever lies there. */
        static final MemorySize ADDRESS = new MemorySize(-1, 0);

        /**
         * Rows of a tile, each as many bytes after the one before as the scaled index says, or all at one place where there is
         * no index. A SIB byte is never left out, and so labels cannot be reached.
         */
        static final MemorySize ROWS = new MemorySize(-2, 0);

        boolean accepts(Mem mem) {
            return !equals(NONE) && (!equals(ROWS) || mem.label().isEmpty());
        }

        int bytes(int vectorBits) {
            return fraction > 0 ? vectorBits / 8 / fraction : bytes;
        }
    }

    /** Write masks that a place takes. */
    enum Masking {
        NONE,
        MERGING,
        ZEROING
    }

    /**
     * A register or memory.
     *
     * @param register registers it may be
     * @param memory memory it may be
     * @param broadcast bytes of the element that may be repeated, or 0
     * @param masking write masks it takes
     */
    record Place(RegisterClass register, MemorySize memory, int broadcast, Masking masking) implements Pattern {
        @Override
        public boolean accepts(Operand operand, Prefix prefix, int vectorBits) {
            return switch (operand) {
                case Masked masked ->
                    masking != Masking.NONE
                            && (!masked.zeroing() || masking == Masking.ZEROING)
                            && accepts(masked.target(), prefix, vectorBits);
                case Mem mem -> mem.broadcast() ? broadcast > 0 : memory.accepts(mem);
                case Gpr _, Vec _, Mask _, Tmm _, Imm _, Label _, Rounding _ ->
                    register.contains(operand, prefix.vectorRegisters(), vectorBits);
            };
        }

        @Override
        public String describe(Prefix prefix, int vectorBits) {
            final StringJoiner words = new StringJoiner(" or ");
            if (register != RegisterClass.NONE) {
                words.add(register.describe(prefix.vectorRegisters(), vectorBits));
            }
            if (memory.equals(MemorySize.ADDRESS)) {
                words.add("memory");
            } else if (memory.equals(MemorySize.ROWS)) {
                words.add("rows in memory, not at a label");
            } else if (!memory.equals(MemorySize.NONE)) {
                final int bytes = memory.bytes(vectorBits);
                words.add(bytes > 0 ? "memory of " + bytes + " bytes" : "memory");
            }
            if (broadcast > 0) {
                words.add("repeated memory of " + broadcast + " bytes");
            }
            return words
                    + switch (masking) {
                        case NONE -> "";
                        case MERGING -> ", merging under a mask or not";
                        case ZEROING -> ", merging or zeroing under a mask or not";
                    };
        }
    }

    /**
     * A constant.
     *
     * @param bytes it takes in the instruction; 0 where the opcode implies it
     * @param min least value
     * @param max greatest value
     */
    record Constant(int bytes, long min, long max) implements Pattern {
        @Override
        public boolean accepts(Operand operand, Prefix prefix, int vectorBits) {
            return operand instanceof Imm(long value) && value >= min && value <= max;
        }

        @Override
        public String describe(Prefix prefix, int vectorBits) {
            return "constant from " + min + " to " + max;
        }
    }

    /**
     * A place in the code, by its distance.
     *
     * @param bytes the distance takes in the instruction
     */
    record Distance(int bytes) implements Pattern {
        @Override
        public boolean accepts(Operand operand, Prefix prefix, int vectorBits) {
            return operand instanceof Label;
        }

        @Override
        public String describe(Prefix prefix, int vectorBits) {
            return "label";
        }
    }
}
