package dev.tilesmith.kernel.dispatch;

import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.FileCheck;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;

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
        return new FamilyTable<>(
                kernel,
                targets.stream()
                        .map(target ->
                                new FamilyTable.Entry<MatMulKernel>(family(target), (family, host) -> new Idle(family)))
                        .toList());
    }

    private static PanelFamily family(Target target) {
        final PanelLayout layout = new PanelLayout(Format.F32, 16, 1, true);
        return new PanelFamily(Format.F32, Format.F32, layout, target, List.of(1, 2, 3, 4, 5, 6));
    }

    private record Idle(PanelFamily family) implements MatMulKernel {
        @Override
        public PackedRhs packRhs(Weights weights, Arena arena, Executor pool, int threads) {
            throw new UnsupportedOperationException("packs nothing");
        }

        @Override
        public PackedRhs mapRhs(Path path, Arena arena, FileCheck check) {
            throw new UnsupportedOperationException("maps nothing");
        }

        @Override
        public void run(Matrix lhs, PackedRhs rhs, Matrix dst, RunOptions options) {
            throw new UnsupportedOperationException("computes nothing");
        }
    }
}
