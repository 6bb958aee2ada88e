package dev.tilesmith.sweep;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.spec.SweptShape;
import dev.tilesmith.sweep.plan.Candidate;
import dev.tilesmith.sweep.stand.KernelStand;
import dev.tilesmith.sweep.stand.KernelStands;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Candidates whose sums are in orders of their own are held to each other's bits, and those that are reproducible to theirs. */
final class FastSweepTest {
    @Test
    void everyCandidateIsMadeReady() {
        final SweptShape shape = SweptShape.parse("3x40x64");
        final KernelStands stands = new KernelStands(Bf16FastSweptKernels.table(), RunOptions.DEFAULT);
        final List<Candidate> candidates = stands.candidates(shape);
        assertFalse(candidates.isEmpty());
        try (KernelStand stand = stands.open(shape)) {
            for (final Candidate candidate : candidates) {
                stand.ready(candidate).run();
                stand.ready(candidate).run();
            }
        }
    }
}
