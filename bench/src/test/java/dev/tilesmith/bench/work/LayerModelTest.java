package dev.tilesmith.bench.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LayerModelTest {
    /** What a convolution reads, or writes. */
    private record Map(int height, int width, int channels) {
        static Map readBy(Convolution convolution) {
            return new Map(
                    convolution.height(),
                    convolution.width(),
                    convolution.pixels().inputChannels());
        }

        static Map writtenBy(Convolution convolution) {
            return new Map(
                    convolution.outputHeight(),
                    convolution.outputWidth(),
                    convolution.pixels().outputChannels());
        }
    }

    static List<Layer> layers() {
        return LayerModel.all();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aLayerIsReadAsItIsWritten(Layer layer) {
        assertEquals(layer, Layer.parse(layer.toString()));
    }

    /** MobileNets are chains: whatever a layer writes another one reads, but for what the last one writes. */
    @ParameterizedTest
    @EnumSource(
            value = LayerModel.class,
            names = {"MOBILENET_V1", "MOBILENET_V2"})
    void eachMapIsReadByAnotherLayerButTheLast(LayerModel model) {
        final Set<Map> read = convolutions(model).map(Map::readBy).collect(Collectors.toSet());
        final Set<Map> written = convolutions(model).map(Map::writtenBy).collect(Collectors.toSet());
        final int channels = model == LayerModel.MOBILENET_V1 ? 1024 : 1280;
        assertEquals(
                written,
                Stream.concat(read.stream().filter(map -> map.channels() > 3), Stream.of(new Map(7, 7, channels)))
                        .collect(Collectors.toSet()));
    }

    private static Stream<Convolution> convolutions(LayerModel model) {
        return model.layers().stream().map(Convolution.class::cast);
    }

    /** Of MobileNet V1's layers the paper counts 569 million multiply-adds, of which the last, a product, are 1. */
    @Test
    void convolutionsAreAsMuchWorkAsThePaperSays() {
        final long once = LayerModel.MOBILENET_V1.layers().stream()
                .mapToLong(layer -> layer.operations() / 2)
                .sum();
        final long repeated = Stream.of("14x14x512-3x3", "14x14x512-1x1x512")
                .mapToLong(layer -> 4 * Layer.parse(layer).operations() / 2)
                .sum();
        assertEquals(568, Math.round((once + repeated) / 1e6));
    }

    @Test
    void groupsAreReadByTheirNames() {
        assertEquals(LayerModel.MOBILENET_V2.layers(), LayerModel.parse("mobilenet_v2"));
        assertEquals(LayerModel.all(), LayerModel.parse("all"));
        assertTrue(LayerModel.parse("depthwise").stream().allMatch(layer -> layer.kind() == LayerKind.DEPTHWISE));
        assertEquals(List.of(Layer.parse("3x3x8-1x1x8")), LayerModel.parse("3x3x8-1x1x8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3x3", "3x3x8-1x1x0", "0x3x8-1x1x8", "3x3x8-1x1x8-s0", "12x128x64-queries", "resnet"})
    void whatIsNoLayerIsRefusedWithOneThatIs(String text) {
        final String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> LayerModel.parse(text))
                .getMessage());
        assertTrue(message.contains("56x56x64-3x3x128-s2"), message);
    }
}
