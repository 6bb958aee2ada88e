package dev.tilesmith.bench.work;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Shapes that are reported together. */
public enum ShapeGroup {
    /** Cubes that fit the first-level cache. */
    SMALL(cubes(8, 16, 24, 32, 48)),
    /** Cubes. */
    SQUARE(cubes(64, 128, 256, 512, 1024, 2048)),
    /** Layers of all-MiniLM-L6-v2, for 1 to 128 tokens. */
    MINILM(layers("384x384 1152x384 1536x384 384x1536", 1, 4, 8, 32, 128)),
    /** Layers of Llama 7B, for 1 to 128 tokens. */
    LLAMA(layers("4096x4096 11008x4096 4096x11008", 1, 4, 32, 128)),
    /** One layer of Llama 7B, from one token to a prompt of many: for the peer that such weights are of. */
    GGML(layers("4096x4096", 1, 4, 32, 128, 512)),
    /** Layers of Llama 7B for one token and four, with weights from memory, as they are when a model's layers follow. */
    COLD(listed("1x4096x4096-cold 1x11008x4096-cold 4x11008x4096-cold")),
    /** Extents that are multiples of no tile. */
    AWKWARD(listed("17x19x23 33x65x129 100x100x100 127x255x511 1x1000x1000 3x1000x1000 61x67x1021 1000x10x300"));

    private static final List<Shape> QUICK = listed("512 1x4096x4096");
    private static final List<Shape> QUICK_INT8 = listed("512 8x384x384");
    private static final List<Shape> QUICK_STATIC_INT8 = listed("128x384x384");
    private static final List<Shape> QUICK_INT4 = listed("8x384x384 1x4096x4096");

    private static final List<Shape> QUICK_BLOCKS = listed("1x4096x4096 32x4096x4096");
    private static final List<Shape> QUICK_HALVES = listed("32x4096x4096");

    private final List<Shape> shapes;

    ShapeGroup(List<Shape> shapes) {
        this.shapes = shapes;
    }

    /** The group's shapes, from small to large. */
    public List<Shape> shapes() {
        return shapes;
    }

    /** Every shape of every group, once. */
    public static List<Shape> all() {
        return Arrays.stream(values())
                .flatMap(group -> group.shapes.stream())
                .distinct()
                .toList();
    }

    /** A few shapes of each kind, that are measured in minutes. */
    public static List<Shape> quick(Operation operation) {
        return switch (operation) {
            case F32_MATMUL -> QUICK;
            case INT8_MATMUL -> QUICK_INT8;
            case STATIC_INT8_MATMUL -> QUICK_STATIC_INT8;
            case INT4_MATMUL -> QUICK_INT4;
            case Q8_0_MATMUL, Q4_0_MATMUL, Q4_1_MATMUL -> QUICK_BLOCKS;
            case F16_MATMUL, BF16_MATMUL, F16_ROWS_MATMUL, BF16_ROWS_MATMUL -> QUICK_HALVES;
        };
    }

    /** Reads names of groups, {@code all} and shapes, with commas between them. */
    public static List<Shape> parse(String text) {
        final LinkedHashSet<Shape> shapes = new LinkedHashSet<>();
        for (final String part : text.split(",", -1)) {
            shapes.addAll(named(part.strip().toLowerCase(Locale.ROOT)));
        }
        return List.copyOf(shapes);
    }

    private static List<Shape> named(String name) {
        return switch (name) {
            case "all" -> all();
            default ->
                Arrays.stream(values())
                        .filter(group -> group.toString().equals(name))
                        .findFirst()
                        .map(ShapeGroup::shapes)
                        .orElseGet(() -> List.of(Shape.parse(name)));
        };
    }

    /** The name that a user writes. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static List<Shape> cubes(int... extents) {
        return IntStream.of(extents).mapToObj(Shape::cube).toList();
    }

    private static List<Shape> layers(String weights, int... rows) {
        final List<Shape> shapes = new ArrayList<>();
        for (final String layer : weights.split(" ", -1)) {
            for (final int m : rows) {
                shapes.add(Shape.parse(m + "x" + layer));
            }
        }
        return List.copyOf(shapes);
    }

    private static List<Shape> listed(String text) {
        return Stream.of(text.split(" ", -1)).map(Shape::parse).toList();
    }
}
