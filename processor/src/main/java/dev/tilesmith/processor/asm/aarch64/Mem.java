package dev.tilesmith.processor.asm.aarch64;

/** A place in memory. */
public sealed interface Mem extends Operand {
    /** A 64-bit register or the stack pointer. */
    Gpr base();

    /** Whether the base changes. */
    default boolean moves() {
        return this instanceof Before || this instanceof After || this instanceof AfterBy;
    }

    /** At the base. */
    static Mem at(Gpr base) {
        return new Offset(base, 0);
    }

    /** {@code bytes} from the base. */
    static Mem at(Gpr base, long bytes) {
        return new Offset(base, bytes);
    }

    /** The bytes in {@code index} from the base. */
    static Mem at(Gpr base, Gpr index) {
        return new Indexed(base, index, Modifier.lsl(0));
    }

    /** The elements of {@code 1 << shift} bytes in {@code index} from the base. */
    static Mem at(Gpr base, Gpr index, int shift) {
        return new Indexed(base, index, Modifier.lsl(shift));
    }

    /** {@code vectors} times the length of a vector from the base. */
    static Mem vectors(Gpr base, long vectors) {
        return new Vectors(base, vectors);
    }

    /** At the base, to which {@code bytes} are added before. */
    static Mem before(Gpr base, long bytes) {
        return new Before(base, bytes);
    }

    /** At the base, to which {@code bytes} are added afterwards. */
    static Mem after(Gpr base, long bytes) {
        return new After(base, bytes);
    }

    /** At the base, to which the bytes in {@code step} are added afterwards. */
    static Mem after(Gpr base, Gpr step) {
        return new AfterBy(base, step);
    }

    private static Gpr requireBase(Gpr base) {
        if (base.bits() != 64 || (base.index() == 31 && !base.stack())) {
            throw new IllegalArgumentException("base of an address is " + base + "; it must be x0 to x30 or sp");
        }
        return base;
    }

    /**
     * At a constant distance.
     *
     * @param bytes the distance
     */
    record Offset(Gpr base, long bytes) implements Mem {
        public Offset {
            requireBase(base);
        }

        @Override
        public String text() {
            return bytes == 0 ? "[" + base + "]" : "[" + base + ", #" + bytes + "]";
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /**
     * At a distance in vectors.
     *
     * @param vectors the distance
     */
    record Vectors(Gpr base, long vectors) implements Mem {
        public Vectors {
            requireBase(base);
        }

        @Override
        public String text() {
            return vectors == 0 ? "[" + base + "]" : "[" + base + ", #" + vectors + ", mul vl]";
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /**
     * At a constant distance, which the base then has too.
     *
     * @param bytes the distance
     */
    record Before(Gpr base, long bytes) implements Mem {
        public Before {
            requireBase(base);
        }

        @Override
        public String text() {
            return "[" + base + ", #" + bytes + "]!";
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /**
     * At the base, which then moves.
     *
     * @param bytes how far
     */
    record After(Gpr base, long bytes) implements Mem {
        public After {
            requireBase(base);
        }

        @Override
        public String text() {
            return "[" + base + "], #" + bytes;
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /**
     * At the base, which then moves.
     *
     * @param step bytes by which
     */
    record AfterBy(Gpr base, Gpr step) implements Mem {
        public AfterBy {
            requireBase(base);
        }

        @Override
        public String text() {
            return "[" + base + "], " + step;
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /**
     * At a distance in a register.
     *
     * @param index the register
     * @param modifier how it is widened and shifted
     */
    record Indexed(Gpr base, Gpr index, Modifier modifier) implements Mem {
        public Indexed {
            requireBase(base);
        }

        @Override
        public String text() {
            final boolean plain = modifier.kind() == Modifier.Kind.LSL && modifier.amount() == 0;
            return "[" + base + ", " + index + (plain ? "" : ", " + modifier) + "]";
        }

        @Override
        public String toString() {
            return text();
        }
    }
}
