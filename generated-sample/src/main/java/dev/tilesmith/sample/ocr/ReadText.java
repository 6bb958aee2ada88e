package dev.tilesmith.sample.ocr;

import dev.tilesmith.sample.layers.Kernels;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Reads the text in an image: PP-OCRv4 on kernels that javac made of the declarations in {@code layers}, in f32 and with int8.
 *
 * <p>Prints which kernels run and why, the lines, and whether ONNX Runtime's runs of the same files read them alike, and how long each
 * takes; on demand how far each step in f32 is from ONNX Runtime's.
 */
public final class ReadText {
    private static final double SECONDS = 5;

    private ReadText() {}

    /**
     * Reads an image.
     *
     * @param args the path of a PNG or JPEG, {@code -} or none for a page that is drawn; {@code --layers}
     */
    public static void main(String[] args) throws Exception {
        final OcrArguments arguments;
        try {
            arguments = OcrArguments.of(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        IO.println(Kernels.explain());
        final OcrNetwork finder = OcrNetwork.finder();
        final OcrNetwork reader = OcrNetwork.reader();
        final RgbImage image = arguments.image();
        final PageReader f32 = PageReader.of(finder, reader, Kernels.f32());
        final PageReader int8 = PageReader.of(finder, reader, Kernels.int8());
        f32.read(image).forEach(line -> IO.println(line.toString()));
        try (PeerReader peer = new PeerReader(finder, reader, 1)) {
            IO.println("An image of " + image + ", one thread:");
            IO.println(compared("f32", image, f32, peer.pages()));
            IO.println(compared("int8", image, int8, peer.pages()));
        }
        if (arguments.layers()) {
            showLayers(image, finder, reader, f32);
        }
    }

    private static String compared(String name, RgbImage image, PageReader ours, PageReader theirs) throws Exception {
        final List<String> our = texts(ours.read(image));
        final List<String> their = texts(theirs.read(image));
        final long alike = IntStream.range(0, Math.min(our.size(), their.size()))
                .filter(i -> our.get(i).equals(their.get(i)))
                .count();
        final Duel duel = Duel.of(SECONDS, () -> ours.read(image), () -> theirs.read(image));
        return String.format(
                Locale.ROOT,
                "Tilesmith, %s, %.1f ms; ONNX Runtime, f32, %.1f ms: %.2f times as fast, %d of %d lines alike%s",
                name,
                duel.firstMillis(),
                duel.secondMillis(),
                duel.secondMillis() / duel.firstMillis(),
                alike,
                their.size(),
                our.equals(their) ? "" : "; " + our + " where ONNX Runtime reads " + their);
    }

    private static List<String> texts(List<TextLine> lines) {
        return lines.stream().map(TextLine::text).toList();
    }

    private static void showLayers(RgbImage image, OcrNetwork finder, OcrNetwork reader, PageReader pages)
            throws Exception {
        final Kernels kernels = Kernels.f32();
        IO.println(LayerDifferences.table(
                "Largest differences from ONNX Runtime, of the largest results, where lines are found:",
                LayerDifferences.of(finder, kernels, LineFinder.prepared(image))));
        for (final Box box : pages.finder().find(image).stream().limit(1).toList()) {
            IO.println(LayerDifferences.table(
                    "And where the first line is read:",
                    LayerDifferences.of(reader, kernels, LineReader.prepared(image, box))));
        }
    }
}
