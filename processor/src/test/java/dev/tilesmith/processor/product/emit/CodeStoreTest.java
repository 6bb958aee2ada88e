package dev.tilesmith.processor.product.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.processor.emit.CodeText;
import dev.tilesmith.processor.emit.Detail;
import dev.tilesmith.processor.lower.BlockPacker;
import dev.tilesmith.processor.lower.MachineTarget;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;
import org.junit.jupiter.api.Test;

/** Code comes from a store as it would without one, and once. */
final class CodeStoreTest {
    private final CodeStore store = new CodeStore();

    @Test
    void codeOfEveryPlanIsItsOwnAndAssembledOnce() {
        int tried = 0;
        for (final KernelPlan plan : PanelColumnsTest.plans().toList()) {
            for (final FamilyPlan family : plan.families()) {
                if (family.rank() == FamilyPlan.Rank.DEFAULT && family.kernelTarget() instanceof MachineTarget target) {
                    compareTiles(plan, family, target);
                    comparePacker(plan, family, target);
                    tried++;
                }
            }
        }
        assertTrue(tried > 100, "tried " + tried);
    }

    private void compareTiles(KernelPlan plan, FamilyPlan family, MachineTarget target) {
        final CodeText given = tiles(plan, family, target, Detail.SHORT);
        assertSame(given, tiles(plan, family, target, Detail.SHORT));
        assertEquals(
                CodeText.of(
                        target.assemble(
                                family.nr(), target.programs(new TilePrograms(plan, family)), family.schedule()),
                        Detail.SHORT),
                given);
    }

    private CodeText tiles(KernelPlan plan, FamilyPlan family, MachineTarget target, Detail detail) {
        return store.tiles(
                target, family.nr(), target.programs(new TilePrograms(plan, family)), family.schedule(), detail);
    }

    private void comparePacker(KernelPlan plan, FamilyPlan family, MachineTarget target) {
        if (target instanceof BlockPacker packer && plan.scales().isPresent()) {
            final CodeText given = store.packer(packer, new FamilyLayout(plan, family).layout(), Detail.SHORT);
            assertSame(given, store.packer(packer, new FamilyLayout(plan, family).layout(), Detail.SHORT));
            assertEquals(CodeText.of(packer.packer(new FamilyLayout(plan, family).layout()), Detail.SHORT), given);
        }
    }

    @Test
    void listingsAreAsLongAsIsAskedFor() {
        final KernelPlan plan = PanelColumnsTest.plans().findFirst().orElseThrow();
        final FamilyPlan family = plan.families().getFirst();
        final MachineTarget target = (MachineTarget) family.kernelTarget();
        final int brief = tiles(plan, family, target, Detail.SHORT).listing().length();
        assertTrue(brief < tiles(plan, family, target, Detail.FULL).listing().length());
    }
}
