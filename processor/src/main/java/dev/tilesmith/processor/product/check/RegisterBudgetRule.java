package dev.tilesmith.processor.product.check;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.lower.RegisterModel;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.Places;
import dev.tilesmith.processor.product.model.TileRequest;
import dev.tilesmith.processor.product.plan.Candidate;
import dev.tilesmith.processor.product.plan.Candidates;
import java.util.ArrayList;
import java.util.List;

/** The rows of tiles that are as wide as {@link TileColumnsRule} asks fit the target's registers. */
final class RegisterBudgetRule implements Rule<Declaration> {
    @Override
    public List<Finding> check(Declaration declaration) {
        final List<Finding> findings = new ArrayList<>();
        final Candidates candidates = Candidates.of(declaration);
        for (int i = 0; i < declaration.tiles().size(); i++) {
            final TileRequest tiles = declaration.tiles().get(i);
            final int index = i;
            candidates
                    .of(tiles.target())
                    .map(Candidate::registers)
                    .ifPresent(model -> check(findings, index, tiles, model));
        }
        return findings;
    }

    private static void check(List<Finding> findings, int index, TileRequest tiles, RegisterModel model) {
        final int nr = tiles.nr() == 0 ? model.bestNr() : tiles.nr();
        if (!model.admits(nr)) {
            return;
        }
        for (int j = 0; j < tiles.mr().size(); j++) {
            final int mr = tiles.mr().get(j);
            if (mr > model.maxMr() && model.needed(mr, nr) <= model.registers()) {
                findings.add(Finding.of(
                        ProductMessage.BEYOND_REACH,
                        Places.tiles(index, "mr", j),
                        "mr",
                        mr,
                        tiles.target(),
                        model.maxMr()));
            } else if (mr > model.tallest(nr)) {
                findings.add(Finding.of(
                        ProductMessage.OVER_REGISTER_BUDGET,
                        Places.tiles(index, "mr", j),
                        mr,
                        nr,
                        model.needed(mr, nr),
                        model.registers(),
                        model.registerName(),
                        nr,
                        model.tallest(nr)));
            }
        }
    }
}
