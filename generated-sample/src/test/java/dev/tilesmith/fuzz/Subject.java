package dev.tilesmith.fuzz;

import dev.tilesmith.conformance.Depth;
import dev.tilesmith.conformance.Families;
import dev.tilesmith.conformance.FormatUnderTest;
import dev.tilesmith.conformance.Formats;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import java.util.List;

/**
 * A kernel that problems are for.
 *
 * @param format its operands and its reference
 * @param table where it is from
 * @param kernel a family that runs here, with all of its tiles
 */
record Subject(FormatUnderTest format, DispatchTable<? extends MatMulKernel> table, MatMulKernel kernel) {
    private static final int[] BLOCK_LENGTHS = {32, 32, 64, 128, 256};

    /** Every family of every declared kernel that runs here. */
    static List<Subject> all() {
        return Formats.all()
                .flatMap(format -> format.tables().stream()
                        .flatMap(table -> Families.of(table).map(kernel -> new Subject(format, table, kernel))))
                .toList();
    }

    PanelLayout layout() {
        return PanelFamily.of(kernel.family()).layout();
    }

    /** Whether the left operand is quantized beforehand. */
    boolean isStatic() {
        return kernel.family().lhs() == Format.QAI8;
    }

    /** Whether results are sums of integers. */
    boolean sums() {
        return kernel.family().dst() == Format.I32;
    }

    /** Whether results may be bounded. */
    boolean clamps() {
        return !format.bounds().isEmpty();
    }

    /** A length of sums that weights can have, near {@code k}. */
    Depth depth(Draw draw, int k) {
        if (!layout().hasBlocks()) {
            return Depth.of(k);
        }
        final int length = layout().pairsBlocks() ? 32 : BLOCK_LENGTHS[draw.below(BLOCK_LENGTHS.length)];
        return Depth.inBlocks(k, length);
    }

    @Override
    public String toString() {
        return kernel.getClass().getInterfaces()[0].getSimpleName() + " of "
                + kernel.family().target();
    }
}
