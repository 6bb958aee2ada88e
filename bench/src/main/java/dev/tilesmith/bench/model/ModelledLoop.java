package dev.tilesmith.bench.model;

import java.util.List;

/**
 * A loop, and what is predicted of it.
 *
 * @param loop the loop
 * @param predictions for the CPUs that have its instructions; none for SME
 */
public record ModelledLoop(Loop loop, List<Prediction> predictions) {
    /** Makes the list immutable. */
    public ModelledLoop {
        predictions = List.copyOf(predictions);
    }
}
