package dev.tilesmith.processor.product.check;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.Places;
import java.util.ArrayList;
import java.util.List;

/** The rows of tiles are positive and listed once. */
final class TileRowsRule implements Rule<Declaration> {
    @Override
    public List<Finding> check(Declaration declaration) {
        final List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < declaration.tiles().size(); i++) {
            final List<Integer> mr = declaration.tiles().get(i).mr();
            for (int j = 0; j < mr.size(); j++) {
                final Location location = Places.tiles(i, "mr", j);
                if (mr.get(j) < 1) {
                    findings.add(Finding.of(ProductMessage.MR_NOT_POSITIVE, location, mr.get(j)));
                } else if (mr.indexOf(mr.get(j)) < j) {
                    findings.add(Finding.of(ProductMessage.DUPLICATE_MR, location, mr.get(j)));
                }
            }
        }
        return findings;
    }
}
