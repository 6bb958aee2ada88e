package dev.tilesmith.processor.product.check;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.lower.RegisterModel;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.Places;
import dev.tilesmith.processor.product.model.TileRequest;
import dev.tilesmith.processor.product.plan.Candidate;
import dev.tilesmith.processor.product.plan.Candidates;
import java.util.ArrayList;
import java.util.List;

/** Tiles are whole vectors wide, and one row of them fits the target's registers. */
final class TileColumnsRule implements Rule<Declaration> {
    @Override
    public List<Finding> check(Declaration declaration) {
        final List<Finding> findings = new ArrayList<>();
        final Candidates candidates = Candidates.of(declaration);
        for (int i = 0; i < declaration.tiles().size(); i++) {
            final TileRequest tiles = declaration.tiles().get(i);
            final Location location = Places.tiles(i, "nr");
            candidates
                    .of(tiles.target())
                    .map(Candidate::registers)
                    .ifPresent(model -> check(findings, location, tiles, model));
        }
        return findings;
    }

    private static void check(List<Finding> findings, Location location, TileRequest tiles, RegisterModel model) {
        final int nr = tiles.nr();
        if (model.engine() == RegisterModel.Engine.OUTER_PRODUCT) {
            if (nr != 0 && nr != model.bestNr()) {
                findings.add(Finding.of(ProductMessage.NR_FIXED, location, nr, tiles.target(), model.bestNr()));
            }
            return;
        }
        if (nr < 0) {
            findings.add(Finding.of(
                    ProductMessage.NR_NEGATIVE, location, nr, model.lanes(), tiles.target(), model.bestNr()));
        } else if (nr > model.widest() && model.needed(1, roundUp(nr, model.lanes())) <= model.registers()) {
            findings.add(Finding.of(ProductMessage.BEYOND_REACH, location, "nr", nr, tiles.target(), model.widest()));
        } else if (nr > model.widest()) {
            findings.add(Finding.of(
                    ProductMessage.NR_OVER_REGISTER_BUDGET,
                    location,
                    nr,
                    model.needed(1, roundUp(nr, model.lanes())),
                    model.registers(),
                    model.registerName(),
                    model.widest()));
        } else if (nr % model.lanes() != 0) {
            findings.add(Finding.of(
                    ProductMessage.NR_NOT_A_MULTIPLE,
                    location,
                    nr,
                    model.lanes(),
                    model.registerName(),
                    nearest(nr, model)));
        }
    }

    private static String nearest(int nr, RegisterModel model) {
        final int below = nr / model.lanes() * model.lanes();
        final int above = below + model.lanes();
        return below == 0 ? "" + above : above > model.widest() ? "" + below : below + " and " + above;
    }

    private static long roundUp(int nr, int lanes) {
        return ((long) nr + lanes - 1) / lanes * lanes;
    }
}
