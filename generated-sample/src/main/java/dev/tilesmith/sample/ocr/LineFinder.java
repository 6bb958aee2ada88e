package dev.tilesmith.sample.ocr;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds lines of text: a network says of each pixel how likely it is in the core of a line; around each connected core goes a
 * rectangle, which is then grown to the line (differentiable binarization).
 */
final class LineFinder {
    /** Sides of images that the network takes are multiples of it. */
    private static final int STEP = 32;

    /** What larger images are scaled to, along their longer side. */
    private static final int LARGEST_SIDE = 960;

    private static final float IN_CORE = 0.3f;
    private static final double LEAST_MEAN = 0.5;
    private static final double LEAST_SIDE = 3;

    /** Area of a core over its perimeter, times this, is how far its line goes beyond it. */
    private static final double GROWTH = 1.6;

    private final Model network;

    LineFinder(Model network) {
        this.network = network;
    }

    /** The image as the network takes it. */
    static RgbImage prepared(RgbImage image) {
        final double scale = Math.min(1, (double) LARGEST_SIDE / Math.max(image.width(), image.height()));
        return image.scaled(side(image.width() * scale), side(image.height() * scale));
    }

    private static int side(double pixels) {
        return Math.max(1, (int) Math.rint(pixels / STEP)) * STEP;
    }

    /** Where lines are, in reading order. */
    List<Box> find(RgbImage image) throws Exception {
        final RgbImage prepared = prepared(image);
        final double scaleX = (double) image.width() / prepared.width();
        final double scaleY = (double) image.height() / prepared.height();
        final List<Box> boxes = new ArrayList<>();
        for (final Regions.Region region : Regions.of(network.run(prepared), IN_CORE)) {
            final Box core = Hull.of(region.outline()).box();
            if (region.mean() < LEAST_MEAN || Math.min(core.width(), core.height()) < LEAST_SIDE) {
                continue;
            }
            final double distance = core.area() * GROWTH / (2 * (core.width() + core.height()));
            boxes.add(core.grown(distance).scaled(scaleX, scaleY));
        }
        return inReadingOrder(boxes);
    }

    /** From top to bottom; what lies beside each other, from left to right. */
    private static List<Box> inReadingOrder(List<Box> boxes) {
        final List<Box> ordered = new ArrayList<>();
        final List<Box> row = new ArrayList<>();
        for (final Box box : boxes.stream()
                .sorted(Comparator.comparingDouble(box -> box.centre().y()))
                .toList()) {
            if (!row.isEmpty()
                    && box.centre().y() - row.getFirst().centre().y()
                            > row.getFirst().height() / 2) {
                ordered.addAll(fromLeft(row));
                row.clear();
            }
            row.add(box);
        }
        ordered.addAll(fromLeft(row));
        return ordered;
    }

    private static List<Box> fromLeft(List<Box> row) {
        return row.stream()
                .sorted(Comparator.comparingDouble(box -> box.centre().x()))
                .toList();
    }
}
