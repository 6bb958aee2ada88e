package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.plan.SupportedFormats;
import dev.tilesmith.spec.Format;
import java.util.List;

/** The format of blocks' scales is one that kernels read, and is said where weights have blocks. */
final class ScalesRule implements Rule {
    private static final List<Format> FORMATS = List.of(Format.BF16, Format.F32);

    @Override
    public List<Finding> check(Declaration declaration) {
        if (!FORMATS.contains(declaration.scales())) {
            return List.of(Finding.of(Message.SCALES_FORMAT, Location.matMul("scales"), declaration.scales(), FORMATS));
        }
        if (declaration.scales() != Format.BF16 && !SupportedFormats.hasBlocks(declaration.rhs())) {
            return List.of(Finding.of(
                    Message.SCALES_WITHOUT_BLOCKS, Location.matMul("scales"), declaration.scales(), declaration.rhs()));
        }
        return List.of();
    }
}
