package dev.tilesmith.processor.asm.aarch64;

/** A register seen in some way: whole, by its elements, or as a predicate. */
public sealed interface Register extends Operand permits Gpr, Scalar, V, Z, P, Pn, Tile {
    /** The register's number. */
    int index();

    /** All but its number. */
    Shape shape();

    @Override
    default String text() {
        return shape().text(index());
    }
}
