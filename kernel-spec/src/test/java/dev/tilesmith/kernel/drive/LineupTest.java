package dev.tilesmith.kernel.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.memory.OperandNames;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import dev.tilesmith.tune.ShapeClass;
import dev.tilesmith.tune.Tuning;
import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each product is served by what was chosen for its class, of those that read its weights. */
final class LineupTest {
    private static final CacheSizes CACHES = new CacheSizes(1 << 10, 1 << 12, 1 << 14, 64);
    private static final List<PanelLayout> LAYOUTS =
            List.of(new PanelLayout(Format.F32, 4, 1, true), new PanelLayout(Format.F32, 8, 1, true));

    /** Rows of every class, at its ends. */
    private static final List<Integer> ROWS = List.of(1, 2, 16, 17, Integer.MAX_VALUE);

    private final Map<PanelLayout, Map<ShapeClass, Compute>> served = new HashMap<>();
    private final Map<ShapeClass, PanelLayout> wanted = new HashMap<>();

    private static Compute compute(PanelLayout layout) {
        final PanelFamily family = new PanelFamily(Format.F32, Format.QAI8DX, layout, Target.SCALAR, List.of(1));
        return new BlockJavaCompute(
                (_, _, _, _, _, _, _, _, _) -> {}, family, Host.current(), Tuning.of(Target.SCALAR));
    }

    /** One for each class and layout; classes with weights from memory want the second. */
    private Lineup lineup() {
        LAYOUTS.forEach(layout -> {
            final Map<ShapeClass, Compute> computes = new HashMap<>();
            ShapeClass.all().forEach(shape -> computes.put(shape, compute(layout)));
            served.put(layout, computes);
        });
        ShapeClass.all()
                .forEach(shape -> wanted.put(shape, LAYOUTS.get(shape.reach() == ShapeClass.Reach.CACHE ? 0 : 1)));
        return Lineup.of(wanted, served, CACHES);
    }

    private static PackedPanels panels(PanelLayout layout, int n, int k) {
        return new PackedPanels(layout, n, k, Arena.ofAuto().allocate(layout.bytes(n, k), 64));
    }

    @Test
    void theClassOfAProductDecides() {
        final Lineup lineup = lineup();
        for (final PanelLayout layout : LAYOUTS) {
            for (final int k : new int[] {1, 500, 100_000}) {
                final PackedPanels rhs = panels(layout, 8, k);
                for (final int rows : ROWS) {
                    final ShapeClass shape = ShapeClass.of(rows, rhs.data().byteSize(), CACHES);
                    assertSame(
                            served.get(layout).get(shape),
                            lineup.of(rhs, rows, OperandNames.PRODUCT),
                            () -> layout + " " + shape);
                }
            }
        }
    }

    /** An equal layout need not be the same object: that of weights which were mapped is not. */
    @Test
    void equalLayoutsAreOne() {
        final Lineup lineup = lineup();
        final PackedPanels rhs = panels(new PanelLayout(Format.F32, 8, 1, true), 8, 2);
        assertSame(
                served.get(LAYOUTS.get(1)).get(ShapeClass.named("one/cache")), lineup.of(rhs, 1, OperandNames.PRODUCT));
    }

    @Test
    void weightsArePackedAsTheirClassWants() {
        final Lineup lineup = lineup();
        for (final int rows : ROWS) {
            for (final int n : new int[] {1, 8, 5000}) {
                final Weights weights = Weights.nByK(Matrix.of(new float[n], n, 1));
                final PanelLayout usual = lineup.family().layout();
                final ShapeClass shape = ShapeClass.of(rows, usual.bytes(n, 1), CACHES);
                assertEquals(
                        wanted.get(shape), lineup.packer(weights, rows).family().layout(), () -> shape + "");
            }
        }
    }

    @Test
    void otherPackingsAreRefusedByName() {
        final Lineup lineup = lineup();
        final PackedPanels rhs = panels(new PanelLayout(Format.F32, 16, 1, true), 8, 2);
        assertEquals(
                "rhs: packed as f32p16x1b; this kernel of target SCALAR reads f32p4x1b or f32p8x1b: pack the weights"
                        + " with it",
                assertThrows(IllegalArgumentException.class, () -> lineup.of(rhs, 1, OperandNames.PRODUCT))
                        .getMessage());
    }

    @Test
    void everyClassIsServedAndByOneLayout() {
        final Map<ShapeClass, Compute> computes = new HashMap<>();
        ShapeClass.all().forEach(shape -> computes.put(shape, compute(LAYOUTS.getFirst())));
        for (final ShapeClass shape : ShapeClass.all()) {
            final Map<ShapeClass, Compute> without = new HashMap<>(computes);
            without.remove(shape);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new Servers(new PerClass<>(without::get), CACHES),
                    shape::name);
            final Map<ShapeClass, Compute> mixed = new HashMap<>(computes);
            mixed.put(shape, compute(LAYOUTS.getLast()));
            assertThrows(
                    IllegalArgumentException.class, () -> new Servers(new PerClass<>(mixed::get), CACHES), shape::name);
        }
    }
}
