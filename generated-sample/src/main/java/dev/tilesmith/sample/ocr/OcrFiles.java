package dev.tilesmith.sample.ocr;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Files on the class path: PP-OCRv4, and fonts to draw with, in the jars that they come in. */
final class OcrFiles {
    private static final String MODELS = "/models/";
    private static final String FONTS = "/net/sf/jasperreports/fonts/dejavu/";

    private OcrFiles() {}

    /** The network that finds lines. */
    static byte[] finder() {
        return read(MODELS + "ch_PP-OCRv4_det_infer.onnx");
    }

    /** The network that reads them. */
    static byte[] reader() {
        return read(MODELS + "ch_PP-OCRv4_rec_infer.onnx");
    }

    /** The characters that it knows. */
    static Keys keys() {
        return Keys.of(new String(read(MODELS + "ppocr_keys_v1.txt"), StandardCharsets.UTF_8)
                .lines()
                .toList());
    }

    /** A font of the DejaVu family, {@code Sans} or {@code Serif-Italic} for example. */
    static byte[] font(String style) {
        return read(FONTS + "DejaVu" + style + ".ttf");
    }

    private static byte[] read(String name) {
        try (InputStream in = OcrFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource: " + name + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
