package dev.tilesmith.bench;

import dev.tilesmith.sweep.measure.WarmUp;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The f32 FMA limit of a core: as many independent chains of fused multiply-adds on full vectors as its units can
 * overlap, and no memory. 12 chains cover two units of four cycles with room to spare, and fit 16 registers.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FmaLimit {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int CHAINS = 12;
    private static final int STEPS = 10_000;

    /** Not constants, for the JIT. */
    private float factor = 0.9999f;

    private float addend = 0.125f;

    /** The sum while it is warmed up, which keeps the chains alive there. */
    private float warm;

    /** Floating-point operations of one call, a multiply-add being two. */
    static long operations() {
        return 2L * STEPS * CHAINS * SPECIES.length();
    }

    /** Runs until the JIT leaves the loop alone, which takes longer on a busy machine. */
    @Setup
    public void warmUp() {
        WarmUp.THOROUGH.untilCalm(() -> warm += run());
    }

    /** Runs all chains; the sum keeps them alive. */
    @Benchmark
    public float run() {
        final FloatVector x = FloatVector.broadcast(SPECIES, factor);
        final FloatVector y = FloatVector.broadcast(SPECIES, addend);
        FloatVector a = y.add(0);
        FloatVector b = y.add(1);
        FloatVector c = y.add(2);
        FloatVector d = y.add(3);
        FloatVector e = y.add(4);
        FloatVector f = y.add(5);
        FloatVector g = y.add(6);
        FloatVector h = y.add(7);
        FloatVector i = y.add(8);
        FloatVector j = y.add(9);
        FloatVector k = y.add(10);
        FloatVector l = y.add(11);
        for (int step = 0; step < STEPS; step++) {
            a = a.fma(x, y);
            b = b.fma(x, y);
            c = c.fma(x, y);
            d = d.fma(x, y);
            e = e.fma(x, y);
            f = f.fma(x, y);
            g = g.fma(x, y);
            h = h.fma(x, y);
            i = i.fma(x, y);
            j = j.fma(x, y);
            k = k.fma(x, y);
            l = l.fma(x, y);
        }
        final FloatVector sum = a.add(b)
                .add(c)
                .add(d)
                .add(e)
                .add(f)
                .add(g)
                .add(h)
                .add(i)
                .add(j)
                .add(k)
                .add(l);
        return sum.lane(0);
    }
}
