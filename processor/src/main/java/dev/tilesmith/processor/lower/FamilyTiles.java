package dev.tilesmith.processor.lower;

import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Multiplication;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.TileShape;
import java.util.List;

/** The tiles that a family is planned with, and the program of any other shape, of which a target takes what its code needs. */
public interface FamilyTiles {
    /** What the tiles sum. */
    Contraction contraction();

    /** Columns of a tile. */
    int nr();

    /** Rows of the tiles, ascending. */
    List<Integer> mrs();

    /** The program of a shape, whose sums are by {@code multiplication}. */
    Program program(TileShape shape, Multiplication multiplication);
}
