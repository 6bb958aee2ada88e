package dev.tilesmith.processor.product.check;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.Places;
import dev.tilesmith.processor.product.model.TileRequest;
import dev.tilesmith.processor.product.plan.Candidates;
import dev.tilesmith.spec.Target;
import java.util.ArrayList;
import java.util.List;

/** Tile plans are for targets of the declaration, one for each. */
final class TilesTargetRule implements Rule<Declaration> {
    @Override
    public List<Finding> check(Declaration declaration) {
        final List<Finding> findings = new ArrayList<>();
        final Candidates candidates = Candidates.of(declaration);
        final List<Target> able = candidates.targets();
        final List<TileRequest> tiles = declaration.tiles();
        for (int i = 0; i < tiles.size(); i++) {
            final Target target = tiles.get(i).target();
            final Location location = Places.tiles(i, "target");
            if (!able.contains(target)) {
                findings.add(Finding.of(
                        ProductMessage.TARGET_WITHOUT_FORMATS, location, target, declaration.formats(), able));
            } else if (!candidates.isAskedFor(target)) {
                findings.add(
                        Finding.of(ProductMessage.TILES_FOR_ABSENT_TARGET, location, target, declaration.targets()));
            } else if (targetsBefore(tiles, i).contains(target)) {
                findings.add(Finding.of(ProductMessage.DUPLICATE_TILES, location, target));
            }
        }
        return findings;
    }

    private static List<Target> targetsBefore(List<TileRequest> tiles, int index) {
        return tiles.subList(0, index).stream().map(TileRequest::target).toList();
    }
}
