package dev.tilesmith.bench.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the inner loop of each tile in the listing of a family. */
final class Loops {
    private static final Pattern LABEL = Pattern.compile("(\\.L[a-z0-9_]+):");
    private static final Pattern BRANCH =
            Pattern.compile("(?:b\\.[a-z]+|b|cbn?z\\s+[wx]\\d+,|tbn?z\\s+[wx]\\d+,\\s*#\\d+,)\\s+(\\.L[a-z0-9_]+)");
    private static final Pattern TILE = Pattern.compile("\\.Ltile(\\d+x\\d+)");

    /** A line of a listing in a generated source: an offset, then an instruction beside its bytes, or a label. */
    private static final Pattern GENERATED =
            Pattern.compile("\\s*[0-9a-f]{6}\\s+(?:[0-9a-f]{8,}\\s+)?(\\D.*?)(?:\\s+//.*)?");

    private final String formats;
    private final String target;
    private final List<String> lines;

    private Loops(String formats, String target, List<String> lines) {
        this.formats = formats;
        this.target = target;
        this.lines = lines;
    }

    /** What a tile's loop over blocks of weights is called, and what its label ends with. */
    private static final String BLOCK = "block";

    /** A loop over rows that adds sums of outer products to totals: part of a block's end, which multiplies no weights. */
    private static final Pattern TOTALS = Pattern.compile(".*_totals\\d*");

    /**
     * For each tile, of its loops that have no loop in them the one that multiplies the most; in the order of the
     * listing. Where it goes over blocks of weights, that loop too: once through it, the loop in it included, is a block
     * as short as can be.
     *
     * @param lines instructions and labels, as assemblers read them
     */
    static Collection<Loop> of(String formats, String target, List<String> lines) {
        return new Loops(formats, target, lines).find();
    }

    private Collection<Loop> find() {
        final Map<String, Loop> loops = new LinkedHashMap<>();
        int head = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (LABEL.matcher(lines.get(i)).matches()) {
                head = i;
            }
            final Matcher branch = BRANCH.matcher(lines.get(i));
            if (head >= 0 && branch.matches() && lines.get(head).equals(branch.group(1) + ":")) {
                if (TOTALS.matcher(branch.group(1)).matches()) {
                    continue;
                }
                add(loops, tile(branch.group(1)), lines.subList(head, i + 1));
            } else if (branch.matches() && branch.group(1).endsWith("_" + BLOCK)) {
                final int block = lines.subList(0, i).lastIndexOf(branch.group(1) + ":");
                if (block >= 0) {
                    add(loops, tile(branch.group(1)) + " " + BLOCK, lines.subList(block, i + 1));
                }
            }
        }
        return loops.values();
    }

    private void add(Map<String, Loop> loops, String tile, List<String> body) {
        if (body.stream().anyMatch(line -> Multiplication.of(line).isPresent())) {
            loops.merge(tile, new Loop(formats, target, tile, body), Loops::busier);
        }
    }

    /** {@code 6x16} of {@code .Ltile6x16_loop}. */
    private static String tile(String label) {
        final Matcher tile = TILE.matcher(label);
        return tile.lookingAt() ? tile.group(1) : label.substring(2).replaceFirst("_[a-z0-9]+$", "");
    }

    private static Loop busier(Loop one, Loop other) {
        return other.multiplications().size() > one.multiplications().size() ? other : one;
    }

    /** The instructions and labels that a generated source lists. */
    static List<String> listing(List<String> source) {
        final List<String> listing = new ArrayList<>();
        for (final String line : source) {
            final Matcher matcher = GENERATED.matcher(line);
            if (matcher.matches()) {
                listing.add(matcher.group(1));
            }
        }
        return listing;
    }
}
