package dev.tilesmith.processor.asm.x86;

/**
 * A tile register of AMX: as many rows of as many bytes, up to 16 of 64, as the configuration in force gives it.
 *
 * @param index 0 to 7
 */
public record Tmm(int index) implements Operand {
    public Tmm {
        if (index < 0 || index > 7) {
            throw new IllegalArgumentException("index of a tile register is " + index + "; it must be 0 to 7");
        }
    }

    /** Tile register {@code index}. */
    public static Tmm tmm(int index) {
        return new Tmm(index);
    }

    @Override
    public String text() {
        return "tmm" + index;
    }

    @Override
    public String toString() {
        return text();
    }
}
