package dev.tilesmith.processor.product.emit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.processor.lower.BlockPacker;
import dev.tilesmith.processor.lower.MachineTarget;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lattice of every recipe has code: what the register models admit, panels and assemblers take. */
final class LatticeCodeTest {
    /** With a bias, which takes a register more than none. */
    static Stream<KernelPlan> plans() {
        return PanelColumnsTest.plans().filter(plan -> plan.declaration().bias());
    }

    @ParameterizedTest
    @MethodSource("plans")
    void isAssembled(KernelPlan plan) {
        for (final FamilyPlan family : plan.families()) {
            if (family.kernelTarget() instanceof MachineTarget target) {
                assembles(plan, family, target);
            }
        }
    }

    private static void assembles(KernelPlan plan, FamilyPlan family, MachineTarget target) {
        final int size = target.assemble(
                        family.nr(), target.programs(new TilePrograms(plan, family)), family.schedule())
                .size();
        assertTrue(size > 0, family::toString);
        if (target instanceof BlockPacker packer && plan.scales().isPresent()) {
            assertTrue(packer.packer(new FamilyLayout(plan, family).layout()).size() > 0, family::toString);
        }
    }
}
