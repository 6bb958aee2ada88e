package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.model.TileRequest;
import dev.tilesmith.processor.plan.RegisterModel;
import dev.tilesmith.processor.plan.SupportedFormats;
import java.util.ArrayList;
import java.util.List;

/** Tiles are whole vectors wide and fit the target's registers. */
final class RegisterBudgetRule implements Rule {
    @Override
    public List<Finding> check(Declaration declaration) {
        final List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < declaration.tiles().size(); i++) {
            final TileRequest tiles = declaration.tiles().get(i);
            if (SupportedFormats.targets(declaration.formats()).contains(tiles.target())) {
                check(findings, i, tiles, RegisterModel.of(tiles.target()));
            }
        }
        return findings;
    }

    private static void check(List<Finding> findings, int index, TileRequest tiles, RegisterModel model) {
        final int nr = tiles.nr() == 0 ? model.bestNr() : tiles.nr();
        final int lanes = model.lanes();
        if (nr < 0 || nr % lanes != 0) {
            findings.add(Finding.of(
                    Message.NR_NOT_A_MULTIPLE,
                    Location.tiles(index, "nr"),
                    nr,
                    lanes,
                    model.registerName(),
                    nr < lanes ? lanes : nr / lanes * lanes));
            return;
        }
        if (model.tallest(nr) < 1) {
            findings.add(Finding.of(
                    Message.NR_OVER_REGISTER_BUDGET,
                    Location.tiles(index, "nr"),
                    nr,
                    model.needed(1, nr),
                    model.registers(),
                    model.registerName(),
                    (model.registers() - model.broadcasts()) / 2 * lanes));
            return;
        }
        for (int j = 0; j < tiles.mr().size(); j++) {
            final int mr = tiles.mr().get(j);
            if (mr > model.tallest(nr)) {
                findings.add(Finding.of(
                        Message.OVER_REGISTER_BUDGET,
                        new Location.OfTiles(index, "mr", j),
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
