package dev.tilesmith.sample.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.sample.network.Operation.Activate;
import dev.tilesmith.sample.network.Operation.Affine;
import dev.tilesmith.sample.network.Operation.Convolution;
import dev.tilesmith.spec.Activation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldingTest {
    private static final Affine DOUBLE_AND_ONE = new Affine(new float[] {2}, new float[] {1});
    private static final Affine EACH = new Affine(new float[] {2, 3}, new float[] {5, 7});
    private static final Activate RELU = new Activate(Activation.RELU);

    @Test
    void whatFollowsAConvolutionIsTakenIn() {
        final Network folded = fold(product(), EACH, RELU);
        final Convolution only =
                assertInstanceOf(Convolution.class, folded.steps().getFirst().operation());
        assertEquals("2", folded.steps().getFirst().name());
        assertArrayEquals(new float[] {2, 4, 9, 12}, only.filters());
        assertArrayEquals(new float[] {25, 67}, only.bias());
        assertEquals(Activation.RELU, only.activation());
    }

    @Test
    void whatComesBeforeAProductIsTakenIn() {
        final Network folded = fold(EACH, product());
        final Convolution only =
                assertInstanceOf(Convolution.class, folded.steps().getFirst().operation());
        assertEquals(List.of(Step.IMAGE), folded.steps().getFirst().inputs());
        assertArrayEquals(new float[] {2, 6, 6, 12}, only.filters());
        assertArrayEquals(new float[] {10 + 5 + 14, 20 + 15 + 28}, only.bias());
    }

    @Test
    void affineMapsAreOne() {
        final Network folded = fold(EACH, DOUBLE_AND_ONE);
        final Affine only =
                assertInstanceOf(Affine.class, folded.steps().getFirst().operation());
        assertArrayEquals(new float[] {4, 6}, only.scale());
        assertArrayEquals(new float[] {11, 15}, only.shift());
    }

    /** Beyond the border of the image is 0, whatever comes before. */
    @Test
    void whatComesBeforePaddingStays() {
        final Conv2dShape padded = Conv2dShape.of(1, 1, 3, 3).padding(1, 1, 1, 1);
        final Operation convolution = new Convolution(padded, new float[9], new float[1], Activation.NONE);
        assertEquals(2, fold(DOUBLE_AND_ONE, convolution).steps().size());
    }

    @Test
    void nothingGoesBehindAnActivation() {
        assertEquals(2, fold(product(), RELU, DOUBLE_AND_ONE).steps().size());
    }

    @Test
    void whatIsReadTwiceStays() {
        final Network network = new Network(List.of(
                new Step("product", product(), List.of(Step.IMAGE)),
                new Step("mapped", EACH, List.of(0)),
                new Step("sum", new Operation.Add(), List.of(0, 1))));
        assertEquals(network.steps(), Folding.fold(network).steps());
    }

    /** A map that two products read is taken into both. */
    @Test
    void aMapIsTakenIntoAllProductsThatReadIt() {
        final Network folded = Folding.fold(new Network(List.of(
                new Step("mapped", EACH, List.of(Step.IMAGE)),
                new Step("one", product(), List.of(0)),
                new Step("other", product(), List.of(0)),
                new Step("sum", new Operation.Add(), List.of(1, 2)))));
        assertEquals(
                List.of("one", "other", "sum"),
                folded.steps().stream().map(Step::name).toList());
        assertEquals(List.of(0, 1), folded.steps().getLast().inputs());
    }

    @Test
    void aMapPlusWhatAGateLetsThroughIsOneGate() {
        final Network folded = Folding.fold(new Network(List.of(
                new Step("map", new Operation.Sigmoid(), List.of(Step.IMAGE)),
                new Step("mean", new Operation.GlobalAverage(), List.of(0)),
                new Step("gated", new Operation.Gate(0), List.of(0, 1)),
                new Step("sum", new Operation.Add(), List.of(0, 2)))));
        assertEquals(
                new Step("sum", new Operation.Gate(1), List.of(0, 1)),
                folded.steps().getLast());
        assertEquals(3, folded.steps().size());
    }

    private static Convolution product() {
        return new Convolution(
                Conv2dShape.of(2, 2, 1, 1), new float[] {1, 2, 3, 4}, new float[] {10, 20}, Activation.NONE);
    }

    /** Each after the one before, named by its number. */
    private static Network fold(Operation... operations) {
        final List<Step> steps = new ArrayList<>();
        for (int i = 0; i < operations.length; i++) {
            steps.add(new Step(Integer.toString(i), operations[i], List.of(i - 1)));
        }
        return Folding.fold(new Network(steps));
    }
}
