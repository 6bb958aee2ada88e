package dev.tilesmith.processor.plan;

import dev.tilesmith.processor.model.Declaration;
import java.util.List;

/**
 * All that is generated for one declaration.
 *
 * @param declaration the declaration
 * @param families its families, in order of preference
 */
public record KernelPlan(Declaration declaration, List<FamilyPlan> families) {
    /** Makes the list immutable. */
    public KernelPlan {
        families = List.copyOf(families);
    }
}
