package dev.tilesmith.sweep.stand;

import dev.tilesmith.sweep.plan.Candidate;

/** The operands of one shape, and what multiplies them. */
public interface Stand extends AutoCloseable {
    /**
     * One product of a candidate: warm, and seen to compute the same bits as the first candidate did whose order of sums it has.
     *
     * @throws UnfitException if it cannot run here
     * @throws OtherBitsException if its result is another
     */
    Runnable ready(Candidate candidate);

    /** Bytes of the weights as the first candidate has them packed. */
    long weightBytes();

    /** Gives the memory back. */
    @Override
    void close();
}
