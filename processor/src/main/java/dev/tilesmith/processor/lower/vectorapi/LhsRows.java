package dev.tilesmith.processor.lower.vectorapi;

import com.palantir.javapoet.CodeBlock;

/** The rows of a tile's left operand, a {@code float[] lhs}: sources know nothing else of where rows lie. */
@FunctionalInterface
public interface LhsRows {
    /**
     * A value of a row.
     *
     * @param at the variable that says how far along K the tile is
     * @param row of the tile
     * @param place floats from there
     */
    CodeBlock value(String at, int row, int place);

    /**
     * Rows at the same distance from each other.
     *
     * @param stride floats from one to the next
     */
    static LhsRows dense(int stride) {
        return (at, row, place) -> CodeBlock.of("lhs[$L]", SourceNames.plus(at, row * stride + place));
    }
}
