package dev.tilesmith.sample.ocr;

import java.util.List;

/**
 * How a network wants colours: {@code (value / 255 - mean) / deviation}, blue first.
 *
 * @param means of blue, green and red
 * @param deviations of the same
 */
record Normalization(List<Float> means, List<Float> deviations) {
    /** Channels of a pixel. */
    static final int CHANNELS = 3;

    /** Of the network that finds lines. */
    static final Normalization FINDER =
            new Normalization(List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f));

    /** Of the network that reads them. */
    static final Normalization READER = new Normalization(List.of(0.5f, 0.5f, 0.5f), List.of(0.5f, 0.5f, 0.5f));

    /** What each of 256 values of a channel becomes. */
    float[] table(int channel) {
        final float[] table = new float[256];
        for (int i = 0; i < table.length; i++) {
            table[i] = (i / 255f - means.get(channel)) / deviations.get(channel);
        }
        return table;
    }
}
