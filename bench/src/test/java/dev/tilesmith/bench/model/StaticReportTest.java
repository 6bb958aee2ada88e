package dev.tilesmith.bench.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What llvm-mca 19 printed of a small loop for neoverse-v1, and what becomes of it. */
final class StaticReportTest {
    private static final Loop LOOP =
            new Loop("qai8dx_qsi8cx_f32", "NEON_I8MM", "2x4", """
            .Ltile2x4_loop:
            ldr q30, [x19], #16
            ldp q28, q29, [x14], #32
            smmla v0.4s, v30.16b, v28.16b
            smmla v1.4s, v30.16b, v29.16b
            subs x15, x15, #1
            b.ge .Ltile2x4_loop
            """.lines().toList());

    private static final Loop OUTER =
            new Loop("qai8dx_qsi8cx_f32", "SME2", "za", """
            .Lza_loop:
            ld1b {z0.b-z1.b}, pn8/z, [x1]
            ld1b {z2.b-z3.b}, pn9/z, [x2]
            smopa za0.s, p0/m, p1/m, z0.b, z2.b
            smopa za1.s, p0/m, p1/m, z0.b, z3.b
            smopa za2.s, p0/m, p1/m, z1.b, z2.b
            smopa za3.s, p0/m, p1/m, z1.b, z3.b
            b.ne .Lza_loop
            """.lines().toList());

    private static final Prediction PREDICTION = Prediction.parse(LOOP, canned());

    private static final StaticReport REPORT = new StaticReport(
            "LLVM version 19.1.7",
            List.of(new ModelledLoop(LOOP, List.of(PREDICTION)), new ModelledLoop(OUTER, List.of())));

    private static String canned() {
        try (InputStream in = StaticReportTest.class.getResourceAsStream("smmla.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** 3009 cycles for 1000 iterations of two products, of which the CPU starts four a cycle at most. */
    @Test
    void aPredictionIsWhatTheToolPrinted() {
        assertEquals(new Prediction("neoverse-v1", 3.009, 6 / 3.009, 2 / 3.009, 4, 64 / 3.009, "latency"), PREDICTION);
    }

    @Test
    void aPipeThatIsTakenAllTheTimeLimits() {
        final JsonObject root = JsonParser.parseString(canned()).getAsJsonObject();
        summary(root).addProperty("TotalCycles", 1250);
        assertEquals("L01.0 L01.1", Prediction.parse(LOOP, root.toString()).limiting());
    }

    @Test
    void dispatchLimitsWhereNoPipeDoes() {
        final JsonObject root = JsonParser.parseString(canned()).getAsJsonObject();
        summary(root).addProperty("DispatchWidth", 3);
        assertEquals("dispatch", Prediction.parse(LOOP, root.toString()).limiting());
    }

    private static JsonObject summary(JsonObject root) {
        return root.getAsJsonArray("CodeRegions").get(0).getAsJsonObject().getAsJsonObject("SummaryView");
    }

    @Test
    void aPredictionOfAnotherLoopIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Prediction.parse(OUTER, canned()));
    }

    @Test
    void jsonHasCountsAndPredictions() {
        final JsonObject loop = JsonParser.parseString(REPORT.json())
                .getAsJsonObject()
                .getAsJsonArray("loops")
                .get(0)
                .getAsJsonObject();
        final JsonObject prediction = loop.getAsJsonArray("predictions").get(0).getAsJsonObject();
        assertEquals(1.5, loop.get("loads_per_multiply").getAsDouble());
        assertEquals(24, loop.get("loaded_bytes_per_multiply").getAsDouble());
        assertEquals("neoverse-v1", prediction.get("cpu").getAsString());
        assertEquals(2 / 3.009 / 4, prediction.get("of_limit").getAsDouble(), 1e-12);
        assertEquals(
                3.009 / 64, prediction.get("cycles_per_multiply_accumulate").getAsDouble(), 1e-12);
    }

    @Test
    void whatIsModelledIsInOneTable() {
        assertTrue(
                REPORT.all()
                        .contains(
                                "| qai8dx_qsi8cx_f32 NEON_I8MM 2x4 smmla | neoverse-v1 | 3.01                | 21.3     "
                                        + "                    | 0.665 of 4         | 16.62 %  | 1.50             |"),
                REPORT.all());
    }

    /** Four tiles; an outer product takes 7/4 instructions, one vector and 64 bytes at 512 bits. */
    @Test
    void whatIsCountedIsInAnother() {
        assertTrue(
                REPORT.all()
                        .contains("| qai8dx_qsi8cx_f32 SME2 za smopa | 4        | 1.75                          "
                                + "| 1.00           | 64.00        |"),
                REPORT.all());
    }

    @Test
    void theTallestTileOfAFamilyHasTheMostSums() {
        final Loop shorter =
                new Loop(LOOP.formats(), LOOP.target(), "1x2", """
                .Ltile1x2_loop:
                smmla v0.4s, v30.16b, v28.16b
                b.ge .Ltile1x2_loop
                """.lines().toList());
        final StaticReport report = new StaticReport(
                "", List.of(new ModelledLoop(shorter, List.of()), new ModelledLoop(LOOP, List.of(PREDICTION))));
        assertTrue(report.tallest().contains(" 2x4 ") && !report.tallest().contains(" 1x2 "), report.tallest());
    }
}
