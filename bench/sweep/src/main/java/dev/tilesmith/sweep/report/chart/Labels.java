package dev.tilesmith.sweep.report.chart;

import dev.tilesmith.sweep.report.chart.Mark.Place;
import dev.tilesmith.sweep.report.markup.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Words beside marks, of which none are written over others: those that find no place are left out. */
public final class Labels {
    private static final double HEIGHT = 12;
    /** What a character takes, about; fonts differ. */
    private static final double CHARACTER = 7.2;

    private static final double GAP = 9;

    private final List<Box> taken = new ArrayList<>();

    private record Box(double left, double baseline, double width) {
        boolean overlaps(Box other) {
            return left < other.left + other.width
                    && other.left < left + width
                    && Math.abs(baseline - other.baseline) < HEIGHT;
        }
    }

    /** No words yet. */
    public Labels() {}

    /** Words to the right of a mark or to the left of it, between two bounds, if there is room. */
    public Optional<Element> beside(Place mark, String words, double least, double most) {
        final double width = CHARACTER * words.length();
        return Stream.of(HEIGHT, 0.0)
                .flatMap(down -> Stream.of(mark.x() + GAP, mark.x() - GAP - width)
                        .map(left -> new Box(left, mark.y() + down + 2, width)))
                .filter(box -> least <= box.left && box.left + width <= most)
                .filter(box -> taken.stream().noneMatch(box::overlaps))
                .findFirst()
                .map(box -> {
                    taken.add(box);
                    return Mark.words(box.left, box.baseline, words);
                });
    }
}
