package dev.tilesmith.bench.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LoopsTest {
    /** As generated sources show it: a loop over panels, in it a tile with a loop of two steps and one of one. */
    private static final List<String> SOURCE = """
        static final PlacedCode CODE = new PlacedCode(
        /*
        000000           .Lpanel:
        000000  00040014   .Lnot a label
        000004           .Ltile2x4:
        000004  0004004f   movi v0.4s, #0
        000008           .Ltile2x4_loop:
        000008  0a000000   ldr q28, [x14]
        00000c  0b000000   smmla v0.4s, v24.16b, v28.16b
        000010  0c000000   smmla v1.4s, v24.16b, v28.16b
        000014  0d000000   b.ge .Ltile2x4_loop
        000018           .Ltile2x4_step:
        000018  0e000000   smmla v0.4s, v24.16b, v28.16b
        00001c  0f000000   cbnz x15, .Ltile2x4_step
        000020           .Lclear:
        000020  10000000   str q0, [x16], #16
        000024  11000000   b.ne .Lclear
        000028           .Lza_pair_loop:
        000028  12000000   smopa za0.s, p0/m, p1/m, z0.b, z1.b
        00002c  13000000   b.ne .Lza_pair_loop
        000030  14000000   b.ne .Lpanel
        */ \"""
        RgAEAE8ABAAKAAALAAAMAAANAAAOAA==\""");
        """.lines().toList();

    private static final List<Loop> LOOPS = List.copyOf(Loops.of("formats", "TARGET", Loops.listing(SOURCE)));

    @Test
    void aLoopEndsWhereItBranchesToItsLabel() {
        assertEquals("""
            .Ltile2x4_loop:
            ldr q28, [x14]
            smmla v0.4s, v24.16b, v28.16b
            smmla v1.4s, v24.16b, v28.16b
            b.ge .Ltile2x4_loop
            """, LOOPS.getFirst().source());
    }

    @Test
    void eachTileHasItsBusiestLoop() {
        assertEquals(List.of("2x4", "za_pair"), LOOPS.stream().map(Loop::tile).toList());
    }

    @Test
    void onlyZaIsScalable() {
        assertEquals(List.of(false, true), LOOPS.stream().map(Loop::isScalable).toList());
    }

    /** What is done to totals before a block is multiplied is not what it multiplies with. */
    @Test
    void aLoopMultipliesByWhatHasTheMostProducts() {
        final Loop loop = new Loop(
                "formats",
                "TARGET",
                "2x4",
                List.of(
                        ".Ltile2x4_block:",
                        "fmla v8.4s, v28.4s, v24.4s",
                        "fmla v9.4s, v29.4s, v24.4s",
                        "smmla v0.4s, v24.16b, v28.16b",
                        "b.ne .Ltile2x4_block"));
        assertEquals("smmla", loop.multiplier());
    }

    /** A tile of weights of four bits: its block has a group in it, and an end. */
    @Test
    void aBlockIsALoopToo() {
        final List<Loop> blocks =
                List.copyOf(Loops.of("formats", "TARGET", """
                    .Ldecoded2x4:
                    .Ldecoded2x4_block:
                    ldr q0, [x19, x17]
                    .Ldecoded2x4_group:
                    ldr q28, [x14]
                    smmla v0.4s, v24.16b, v28.16b
                    b.ne .Ldecoded2x4_group
                    .Ldecoded2x4_block_end:
                    fmla v8.4s, v0.4s, v28.4s
                    b.ne .Ldecoded2x4_block
                    b .Ltile\
                    """.lines().toList()));
        assertEquals(
                List.of("decoded2x4", "decoded2x4 block"),
                blocks.stream().map(Loop::tile).toList());
        assertEquals(
                List.of(6, 1, 2),
                List.of(
                        blocks.getLast().size(),
                        blocks.getLast().multiplications().size(),
                        blocks.getLast().loads()),
                "instructions, products, loads");
    }

    /** Outer products of a block whose steps are not in a loop of their own. */
    @Test
    void aLoopThatAddsToTotalsIsNoInnerLoop() {
        final List<Loop> blocks =
                List.copyOf(Loops.of("formats", "TARGET", """
                    .Louter1x2_block:
                    smopa za0.s, p0/m, p0/m, z0.b, z1.b
                    .Louter1x2_totals0:
                    fmla za.s[w8, 2, vgx4], {z24.s-z27.s}, {z28.s-z31.s}
                    b.lt .Louter1x2_totals0
                    b.ne .Louter1x2_block\
                    """.lines().toList()));
        assertEquals(
                List.of("outer1x2 block smopa"),
                blocks.stream()
                        .map(loop -> loop.tile() + " " + loop.multiplier())
                        .toList());
    }

    @Test
    void aLoopIsCounted() {
        final Loop loop = LOOPS.getFirst();
        assertEquals(
                List.of(4, 2, 2, 64, 1, 16),
                List.of(
                        loop.size(),
                        loop.multiplications().size(),
                        loop.accumulators(),
                        loop.products(),
                        loop.loads(),
                        loop.loadedBytes()));
    }
}
