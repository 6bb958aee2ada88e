package dev.tilesmith.sample.ocr;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * What the program was asked.
 *
 * @param image what to read
 * @param layers whether to show how far each step is from ONNX Runtime
 */
record OcrArguments(RgbImage image, boolean layers) {
    private static final String DEFAULT = "-";
    private static final String LAYERS = "--layers";

    /**
     * Of the command line: the path of an image, PNG or JPEG, and {@value #LAYERS}, in any order. An argument {@value #DEFAULT}, or
     * none, means the page that this program draws.
     *
     * @throws IllegalArgumentException if the image cannot be read, or there are several
     */
    static OcrArguments of(String... args) {
        final List<String> images = Arrays.stream(args)
                .filter(argument -> !argument.equals(DEFAULT) && !argument.equals(LAYERS))
                .toList();
        if (images.size() > 1) {
            throw new IllegalArgumentException("arguments: " + images + "; expected one image, and " + LAYERS);
        }
        final RgbImage image = images.isEmpty() ? SamplePage.PAGE.draw() : read(new File(images.getFirst()));
        return new OcrArguments(image, Arrays.asList(args).contains(LAYERS));
    }

    private static RgbImage read(File file) {
        final BufferedImage picture;
        try {
            picture = ImageIO.read(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("image: cannot read '" + file + "': " + e.getMessage(), e);
        }
        if (picture == null) {
            throw new IllegalArgumentException("image: '" + file + "' is no image; expected PNG or JPEG");
        }
        return RgbImage.of(picture);
    }
}
