package dev.tilesmith.processor.asm.x86;

/**
 * A destination under a write mask.
 *
 * @param target a vector register, a mask register or memory
 * @param mask k1 to k7
 * @param zeroing whether elements left out become zero instead of staying; vector registers only
 */
public record Masked(Operand target, Mask mask, boolean zeroing) implements Operand {
    public Masked {
        if (!(target instanceof Vec || target instanceof Mask || target instanceof Mem)) {
            throw new IllegalArgumentException("target of a write mask is " + target
                    + "; it must be a vector register, a mask register or memory");
        }
        if (mask.index() == 0) {
            throw new IllegalArgumentException("write mask is k0; it must be k1 to k7");
        }
        if (zeroing && !(target instanceof Vec)) {
            throw new IllegalArgumentException("zeroing target is " + target + "; it must be a vector register");
        }
    }

    /** The mask as it follows its target. */
    String suffix() {
        return "{" + mask + "}" + (zeroing ? "{z}" : "");
    }

    @Override
    public String text() {
        return target.text() + suffix();
    }

    @Override
    public String toString() {
        return text();
    }
}
