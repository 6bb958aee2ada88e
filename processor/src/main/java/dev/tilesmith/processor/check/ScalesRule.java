package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.plan.SupportedFormats;
import dev.tilesmith.spec.Format;
import java.util.List;

/** The format of blocks' scales is one that kernels read, and is said where weights have blocks. */
final class ScalesRule implements Rule {
    private static final List<Format> FORMATS = List.of(Format.BF16, Format.F32);

    /** What the scales of both operands are where both have blocks. */
    private static final List<Format> FORMATS_OF_PAIRS = List.of(Format.F16);

    @Override
    public List<Finding> check(Declaration declaration) {
        final List<Format> formats = declaration.lhs() == Format.QSI8D32 ? FORMATS_OF_PAIRS : FORMATS;
        if (!formats.contains(declaration.scales())) {
            return List.of(Finding.of(Message.SCALES_FORMAT, Location.matMul("scales"), declaration.scales(), formats));
        }
        if (declaration.scales() == Format.F32 && !SupportedFormats.hasBlocks(declaration.rhs())) {
            return List.of(Finding.of(
                    Message.SCALES_WITHOUT_BLOCKS, Location.matMul("scales"), declaration.scales(), declaration.rhs()));
        }
        return List.of();
    }
}
