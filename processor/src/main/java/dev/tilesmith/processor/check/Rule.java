package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declaration;
import java.util.List;

/** One thing that a declaration must not get wrong. */
interface Rule {
    /** What the declaration gets wrong, in the order of the source. */
    List<Finding> check(Declaration declaration);
}
