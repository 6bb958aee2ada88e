package dev.tilesmith.sample.ocr;

/**
 * Reads a line of text: a network says for each place along it how likely each character is; the likeliest are the text, without
 * those that go on from the place before (connectionist temporal classification, greedily).
 */
final class LineReader {
    private static final int HEIGHT = 48;

    /** Widths of lines are multiples of it, so that there are not too many sizes. */
    private static final int STEP = 16;

    private static final int LEAST_WIDTH = 3 * STEP;

    private final Model network;
    private final Keys keys;

    LineReader(Model network, Keys keys) {
        this.network = network;
        this.keys = keys;
    }

    /** The line as the network takes it. */
    static RgbImage prepared(RgbImage image, Box box) {
        final Box line = box.alongText();
        final int width = (int) Math.rint(HEIGHT * line.width() / line.height() / STEP) * STEP;
        final int atLeast = Math.max(width, LEAST_WIDTH);
        return line.frame(atLeast, HEIGHT).sample(image, atLeast, HEIGHT);
    }

    /** The text in a box. */
    TextLine read(RgbImage image, Box box) throws Exception {
        final Model.Output places = network.run(prepared(image, box));
        if (places.columns() != keys.classes()) {
            throw new IllegalStateException("keys: " + keys.classes() + "; the network has " + places.columns());
        }
        final StringBuilder text = new StringBuilder();
        double sum = 0;
        int count = 0;
        int before = Keys.BLANK;
        for (int place = 0; place < places.rows(); place++) {
            final int likeliest = likeliest(places, place);
            if (likeliest != Keys.BLANK && likeliest != before) {
                text.append(keys.character(likeliest));
                sum += places.values()[place * places.columns() + likeliest];
                count++;
            }
            before = likeliest;
        }
        return new TextLine(text.toString(), count == 0 ? 0 : sum / count, box);
    }

    private static int likeliest(Model.Output places, int place) {
        final float[] values = places.values();
        final int first = place * places.columns();
        int likeliest = 0;
        for (int i = 1; i < places.columns(); i++) {
            likeliest = values[first + i] > values[first + likeliest] ? i : likeliest;
        }
        return likeliest;
    }
}
