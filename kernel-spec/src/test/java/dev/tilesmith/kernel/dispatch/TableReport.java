package dev.tilesmith.kernel.dispatch;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.drive.DrivenKernel;
import dev.tilesmith.kernel.drive.F32JavaCompute;
import dev.tilesmith.kernel.drive.F32Tiles;
import dev.tilesmith.kernel.drive.Lineup;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Chooses from a table of kernels that compute nothing, for tests that start a JVM with flags of their own. */
final class TableReport {
    /** In order of preference, as generated tables have them. */
    private static final List<Target> F32 =
            List.of(Target.AVX512_VNNI, Target.AVX2, Target.NEON_DOTPROD, Target.VECTOR_128, Target.SCALAR);

    private TableReport() {}

    /** Prints what serves a declaration for the targets that are named, or for those of f32; then what explain says. */
    public static void main(String[] args) {
        final List<Target> targets = args.length == 0
                ? F32
                : Arrays.stream(args).map(Target::valueOf).toList();
        System.out.println("served: " + table("first", targets).best().family().target());
        System.out.println("served: " + table("second", targets).best().family().target());
        System.out.println(table("first", targets).explain());
    }

    /** A table of f32 families, each of tiles of one to six rows. */
    static DispatchTable<MatMulKernel> table(String kernel, List<Target> targets) {
        return new FamilyTable<>(kernel, Idle::new, entries(targets));
    }

    /** The same, which says in {@code log} what it cannot follow. */
    static DispatchTable<MatMulKernel> table(String kernel, List<Target> targets, System.Logger log) {
        return new FamilyTable<>(kernel, Activation.NONE, Idle::new, entries(targets), () -> log);
    }

    /** A table of families. */
    static DispatchTable<MatMulKernel> table(String kernel, Stream<PanelFamily> families) {
        return new FamilyTable<>(
                kernel, Idle::new, families.map(TableReport::entry).toList());
    }

    private static List<FamilyEntry> entries(List<Target> targets) {
        return targets.stream().map(TableReport::family).map(TableReport::entry).toList();
    }

    private static FamilyEntry entry(PanelFamily idle) {
        return new FamilyEntry(idle, (family, host, tuning) -> new F32JavaCompute(new NoTiles(), family, host, tuning));
    }

    /** Machine code of another architecture. */
    static Target runsNowhereHere() {
        return switch (Host.current().cpu().architecture()) {
            case X86_64 -> Target.NEON_DOTPROD;
            case AARCH64, OTHER -> Target.AVX2;
        };
    }

    /** The family of a target. */
    static PanelFamily family(Target target) {
        final PanelLayout layout = new PanelLayout(Format.F32, 16, 1, true);
        return new PanelFamily(Format.F32, Format.F32, layout, target, List.of(1, 2, 3, 4, 5, 6));
    }

    private static final class Idle extends DrivenKernel {
        Idle(Lineup lineup) {
            super(lineup, true);
        }
    }

    /** Compute nothing. */
    private static final class NoTiles implements F32Tiles {
        @Override
        public void accumulate(
                int mr,
                float[] lhs,
                int lhsOffset,
                MemorySegment rhs,
                long rhsOffset,
                float[] sums,
                int sumsOffset,
                int k) {}

        @Override
        public void finish(
                int rows,
                float[] sums,
                int sumsOffset,
                MemorySegment rhs,
                long metadata,
                boolean clamp,
                float clampMin,
                float clampMax,
                float[] dst,
                int dstOffset,
                int dstStride) {}

        @Override
        public void finish(
                int rows,
                float[] sums,
                int sumsOffset,
                MemorySegment rhs,
                long metadata,
                boolean clamp,
                float clampMin,
                float clampMax,
                MemorySegment dst,
                long dstOffset,
                long dstStride) {}
    }
}
