package dev.tilesmith.sweep.course;

import dev.tilesmith.spec.SweptShape;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Variant;
import dev.tilesmith.sweep.measure.FakeClock;
import dev.tilesmith.sweep.plan.Candidate;
import dev.tilesmith.sweep.stand.Stand;
import dev.tilesmith.sweep.stand.Stands;
import dev.tilesmith.sweep.stand.UnfitException;
import dev.tilesmith.tune.Knob;
import java.util.List;
import java.util.SplittableRandom;

/** Variants whose speed is known, on a clock that they move. */
final class FakeStands implements Stands {
    /** What making ready takes. */
    static final double READY_NANOS = 3e7;

    private final FakeClock clock;
    private final SplittableRandom random;
    private int open;
    private long calls;

    FakeStands(FakeClock clock, long seed) {
        this.clock = clock;
        this.random = new SplittableRandom(seed);
    }

    /** The fastest for so many rows. */
    static String fastest(int rows) {
        return rows == 1 ? "f32_f32_f32p8x1_6x8_avx2" : "f32_f32_f32p16x1_6x16_avx2";
    }

    /** What fetch-near should be. */
    static long bestFetch() {
        return 4096;
    }

    @Override
    public List<Candidate> candidates(SweptShape shape) {
        return List.of(
                        "f32_f32_f32p16x1_6x16_avx2",
                        "f32_f32_f32p16x1_5x16_avx2",
                        "f32_f32_f32p8x1_6x8_avx2",
                        "f32_f32_f32p24x1_4x24_avx2",
                        "f32_f32_f32p16x1_6x16x2_avx2",
                        "f32_f32_f32p16x1_6x16_vector256",
                        "f32_f32_f32p16x1_6x16_scalar",
                        "f32_f32_f32p16x1_6x16_avx512")
                .stream()
                .map(Variant::parse)
                .map(Candidate::new)
                .toList();
    }

    /** How long a product takes. */
    static double nanos(SweptShape shape, Candidate candidate) {
        final double product = Picks.operations(shape) / 50;
        final Target target = candidate.variant().target();
        final double known = candidate.variant().name().equals(fastest(shape.m())) ? 1.06 : 1;
        final double speed = target == Target.SCALAR ? 0.02 : target == Target.VECTOR_256 ? 0.8 : known;
        final double fetch = candidate.tuning().get(Knob.FETCH_NEAR) == bestFetch() && shape.m() == 1 ? 1.05 : 1;
        return product / speed / fetch;
    }

    /** How many stands are open. */
    int open() {
        return open;
    }

    /** How many products there were. */
    long calls() {
        return calls;
    }

    @Override
    public Stand open(SweptShape shape) {
        open++;
        return new Stand() {
            @Override
            public Runnable ready(Candidate candidate) {
                clock.pass(READY_NANOS);
                if (candidate.variant().target() == Target.AVX512) {
                    throw new UnfitException(candidate + ": no AVX-512 here", new IllegalStateException());
                }
                final Runnable work = clock.work(nanos(shape, candidate), 0.02, random);
                return () -> {
                    calls++;
                    work.run();
                };
            }

            @Override
            public long weightBytes() {
                return 4L * shape.n() * shape.k();
            }

            @Override
            public void close() {
                open--;
            }
        };
    }
}
