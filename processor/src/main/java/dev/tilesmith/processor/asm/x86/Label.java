package dev.tilesmith.processor.asm.x86;

import dev.tilesmith.processor.asm.Place;

/**
 * A place in the code or among its constants, as an operand.
 *
 * @param name letters, digits and underscores, distinct within one assembler
 */
public record Label(String name) implements Operand, Place {
    public Label {
        Place.requireName(name);
    }

    @Override
    public String text() {
        return Place.super.text();
    }

    @Override
    public String toString() {
        return text();
    }
}
