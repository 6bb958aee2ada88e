package dev.tilesmith.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tilesmith.bench.work.Layer;
import dev.tilesmith.bench.work.LayerFormat;
import dev.tilesmith.bench.work.LayerWork;
import dev.tilesmith.bench.work.Operation;
import dev.tilesmith.bench.work.Shape;
import dev.tilesmith.bench.work.Work;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReportTest {
    /** 2000 operations: in 1000 ns 2 of 10^9 a second. */
    private static final Work WORK = new Work(Operation.F32_MATMUL, new Shape(1, 10, 100), 2);

    private static final Measurement OURS = Measurement.of(WORK, "ours", "tile", 1000, 500);
    private static final Measurement PEER = Measurement.of(WORK, "peer", "way", 4000, 4000);
    private static final Measurement SLOW = Measurement.of(WORK, "slow", "way", 8000, 8000);
    private static final Optional<Limit> FMA = Optional.of(new Limit("FMA", 8));
    private static final Limits LIMITS =
            new Limits(2, FMA.orElseThrow(), List.of(new Limit("VNNI", 32), new Limit("AMX", 200)), 50);
    private static final Row ROW = new Row(WORK, FMA, 0, List.of(OURS, PEER, SLOW));

    @Test
    void jsonIsAnArrayOfFlatObjects() {
        final JsonObject first = JsonParser.parseString(JsonReport.of(ROW.measurements()))
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();
        assertEquals(
                Set.of(
                        "format",
                        "op",
                        "layer",
                        "count",
                        "m",
                        "n",
                        "k",
                        "cold",
                        "threads",
                        "impl",
                        "variant",
                        "gops",
                        "best_gops"),
                first.keySet());
        assertEquals("f32_f32_f32", first.get("format").getAsString());
        assertEquals("matmul", first.get("op").getAsString());
        assertEquals(100, first.get("k").getAsInt());
        assertFalse(first.get("cold").getAsBoolean());
        assertEquals(2, first.get("threads").getAsInt());
        assertEquals("ours", first.get("impl").getAsString());
        assertEquals(2.0, first.get("gops").getAsDouble());
        assertEquals(4.0, first.get("best_gops").getAsDouble());
    }

    @Test
    void everyMeasurementIsInTheJson() {
        assertEquals(
                3,
                JsonParser.parseString(JsonReport.of(ROW.measurements()))
                        .getAsJsonArray()
                        .size());
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        assertEquals(ROW.measurements(), JsonReport.read(JsonReport.of(ROW.measurements())));
    }

    /** 18,432 operations of a depthwise layer: in 9216 ns 2 of 10^9 a second. */
    @Test
    void layersHaveTheirTimesAndTheMeansOfTheirKind() {
        final LayerWork work = new LayerWork(LayerFormat.F32, Layer.parse("8x8x16-3x3"));
        final Measurement own = Measurement.of(work, "ours", "tile", 9216, 9000);
        assertEquals(2.0, own.gops());
        assertEquals("depthwise", own.op());
        final String text = new LayerReport(
                        "ours",
                        List.of("peer", "absent"),
                        List.of(own, Measurement.of(work, "peer", "way", 18_432, 18_000)))
                .text()
                .replaceAll(" +", " ");
        assertTrue(text.contains("| f32_f32_f32 | depthwise | 8x8x16-3x3 | 64x16x9 | 9.2 | 18.4 | - | 2.00 |"), text);
        assertTrue(text.contains("| f32_f32_f32 | depthwise | all | 1 | 2.00 | 2.00 | - | 2.00 |"), text);
    }

    @Test
    void theRatioIsToTheBestOfTheOthers() {
        assertEquals(Optional.of(4.0), ROW.ratio("ours"));
        assertEquals(Optional.of(0.125), ROW.ratio("slow"));
    }

    @Test
    void thereIsNoRatioToNobody() {
        assertEquals(Optional.empty(), new Row(WORK, FMA, 0, List.of(OURS)).ratio("ours"));
    }

    @Test
    void theTableHasRatioShareAndBandwidth() {
        final String text = new MarkdownReport("ours", List.of("ours", "peer"), List.of(LIMITS), List.of(ROW)).text();
        assertTrue(
                text.replaceAll(" +", " ")
                        .contains(
                                "| f32_f32_f32 | 1x10x100 | 2 | 2.0 | 0.5 | peer (way) | 4.00 | 25.0 % of FMA | 4.0 | |"),
                text);
        assertTrue(text.replaceAll(" +", " ").contains("| f32_f32_f32 | all | 2 | 1 | 4.00 |"), text);
        assertTrue(text.replaceAll(" +", " ").contains("| 2 | FMA 8.0 | VNNI 32.0, AMX 200.0 | 50.0 |"), text);
    }

    /** 36 bytes of weights, with their scales, in 1 ns, of 48 bytes that memory gives in that time. */
    @Test
    void weightsFromMemoryHaveTheirShareOfItsBandwidth() {
        final Work work = new Work(Operation.INT4_MATMUL, new Shape(1, 2, 32, true), 1);
        final Row row = new Row(work, Optional.empty(), 48, List.of(Measurement.of(work, "ours", "tile", 1, 1)));
        final String text = new MarkdownReport("ours", List.of("ours"), List.of(), List.of(row)).text();
        assertTrue(
                text.replaceAll(" +", " ")
                        .contains("| qai8dx_qsi4c32_f32 | 1x2x32-cold | 1 | 128.0 | - | - | - | 36.0 | 75.0 % |"),
                text);
    }

    @Test
    void theMiddleOfRepeatedMeasurementsIsTaken() {
        assertEquals(PEER, Measurement.middle(List.of(SLOW, OURS, PEER)));
        assertEquals(SLOW, Measurement.middle(List.of(SLOW, PEER)));
    }

    @Test
    void aGeometricMeanTreatsRatiosAndTheirInversesAlike() {
        assertEquals(1.0, GeometricMean.of(List.of(4.0, 0.25)), 1e-12);
        assertEquals(2.0, GeometricMean.of(List.of(1.0, 2.0, 4.0)), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> GeometricMean.of(List.of(1.0, 0.0)));
    }
}
