package dev.tilesmith.bench.work;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Networks, and each of their layers once. */
public enum LayerModel {
    /** MobileNet V1 at 224 × 224. */
    MOBILENET_V1("""
            224x224x3-3x3x32-s2
            112x112x32-3x3 112x112x64-3x3-s2 56x56x128-3x3 56x56x128-3x3-s2 28x28x256-3x3 28x28x256-3x3-s2 14x14x512-3x3
            14x14x512-3x3-s2 7x7x1024-3x3
            112x112x32-1x1x64 56x56x64-1x1x128 56x56x128-1x1x128 28x28x128-1x1x256 28x28x256-1x1x256 14x14x256-1x1x512
            14x14x512-1x1x512 7x7x512-1x1x1024 7x7x1024-1x1x1024"""),
    /** MobileNet V2 at 224 × 224. */
    MOBILENET_V2("""
            224x224x3-3x3x32-s2
            112x112x32-3x3 112x112x96-3x3-s2 56x56x144-3x3 56x56x144-3x3-s2 28x28x192-3x3 28x28x192-3x3-s2 14x14x384-3x3
            14x14x576-3x3 14x14x576-3x3-s2 7x7x960-3x3
            112x112x32-1x1x16 112x112x16-1x1x96 56x56x96-1x1x24 56x56x24-1x1x144 56x56x144-1x1x24 28x28x144-1x1x32
            28x28x32-1x1x192 28x28x192-1x1x32 14x14x192-1x1x64 14x14x64-1x1x384 14x14x384-1x1x64 14x14x384-1x1x96
            14x14x96-1x1x576 14x14x576-1x1x96 7x7x576-1x1x160 7x7x160-1x1x960 7x7x960-1x1x160 7x7x960-1x1x320
            7x7x320-1x1x1280"""),
    /** PP-OCRv4's network that finds lines, at 640 × 640; without gates, whose images are of one pixel. */
    PP_OCR_FINDER("""
            640x640x3-3x3x16-s2 160x160x96-3x3x24 80x80x96-3x3x24 40x40x96-3x3x24 20x20x96-3x3x24
            320x320x16-3x3 320x320x32-3x3-s2 160x160x48-3x3 160x160x48-3x3-s2 80x80x96-3x3 80x80x96-3x3-s2
            40x40x192-5x5 40x40x192-5x5-s2 20x20x384-5x5
            320x320x16-1x1x32 160x160x32-1x1x48 160x160x48-1x1x48 160x160x48-1x1x12 160x160x12-1x1x96 80x80x48-1x1x96
            80x80x96-1x1x96 80x80x96-1x1x18 80x80x18-1x1x96 40x40x96-1x1x192 40x40x192-1x1x192 40x40x192-1x1x42
            40x40x42-1x1x96 20x20x192-1x1x384 20x20x384-1x1x384 20x20x384-1x1x360 20x20x360-1x1x96"""),
    /** PP-OCRv4's network that reads a line, at 48 × 320; without gates. */
    PP_OCR_READER("""
            48x320x3-3x3x16-s2 1x40x480-1x3x60 1x40x960-1x3x60
            24x160x16-3x3 24x160x32-3x3 24x160x64-3x3 24x160x64-3x3-s2x1 12x160x128-3x3 12x160x128-3x3-s1x2 12x80x240-5x5
            12x80x240-5x5-s2x1 6x80x480-5x5 6x80x480-5x5-s2x1 3x80x480-5x5
            24x160x16-1x1x32 24x160x32-1x1x64 24x160x64-1x1x64 12x160x64-1x1x128 12x160x128-1x1x128 12x80x128-1x1x240
            12x80x240-1x1x240 6x80x240-1x1x480 6x80x480-1x1x480 3x80x480-1x1x480 1x40x120-1x1x360
            1x40x120-1x1x120 1x40x120-1x1x240 1x40x240-1x1x120 1x40x60-1x1x120 1x40x120-1x1x480 1x40x120-1x1x6625"""),
    /** Attention: twelve heads of 64, as BERT has them, and thirty-two of 128, as Llama has. */
    ATTENTION("""
            12x32x64-keys 12x32x64-values 12x128x64-keys 12x128x64-values 12x512x64-keys 12x512x64-values
            32x32x128-keys 32x32x128-values 32x128x128-keys 32x128x128-values 32x512x128-keys 32x512x128-values""");

    private final List<Layer> layers;

    LayerModel(String layers) {
        this.layers = Stream.of(layers.split("\\s+", -1)).map(Layer::parse).toList();
    }

    /** Each layer once: convolutions of more than a pixel, depthwise ones, those of one pixel, products. */
    public List<Layer> layers() {
        return layers;
    }

    /** Every layer of every network, once. */
    public static List<Layer> all() {
        return Arrays.stream(values())
                .flatMap(model -> model.layers.stream())
                .distinct()
                .toList();
    }

    /** A few layers of each kind, that are measured in a minute. */
    public static List<Layer> quick() {
        return Stream.of("224x224x3-3x3x32-s2", "28x28x256-3x3", "14x14x512-1x1x512", "12x128x64-keys")
                .map(Layer::parse)
                .toList();
    }

    /** Reads names of networks and of kinds, {@code all} and layers, with commas between them. */
    public static List<Layer> parse(String text) {
        final LinkedHashSet<Layer> layers = new LinkedHashSet<>();
        for (final String part : text.split(",", -1)) {
            layers.addAll(named(part.strip().toLowerCase(Locale.ROOT)));
        }
        return List.copyOf(layers);
    }

    private static List<Layer> named(String name) {
        if (name.equals("all")) {
            return all();
        }
        final List<Layer> ofKind = all().stream()
                .filter(layer -> layer.kind().toString().equals(name))
                .toList();
        return Arrays.stream(values())
                .filter(model -> model.toString().equals(name))
                .findFirst()
                .map(LayerModel::layers)
                .orElseGet(() -> ofKind.isEmpty() ? List.of(Layer.parse(name)) : ofKind);
    }

    /** The name that a user writes. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
