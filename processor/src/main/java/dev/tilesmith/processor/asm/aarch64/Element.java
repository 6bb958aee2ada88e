package dev.tilesmith.processor.asm.aarch64;

/**
 * One element of a register.
 *
 * @param of the register
 * @param lane number of the element
 */
public record Element(Register of, int lane) implements Operand {
    public Element {
        if (!(of instanceof V || of instanceof Z || of instanceof Pn)) {
            throw new IllegalArgumentException(
                    "register of an element is " + of + "; it must be a vector or a counter");
        }
        Bounds.require("number of an element", lane, 0, 255);
    }

    @Override
    public String text() {
        return of.text() + "[" + lane + "]";
    }

    @Override
    public String toString() {
        return text();
    }
}
