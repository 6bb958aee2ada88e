package dev.tilesmith.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.bench.work.DoubleReference;
import dev.tilesmith.bench.work.Layer;
import dev.tilesmith.bench.work.LayerFormat;
import dev.tilesmith.bench.work.LayerOperands;
import dev.tilesmith.bench.work.LayerWork;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LayerPeersTest {
    private static final boolean LIBRARIES_ARE_FOR_THIS_HOST =
            (System.getProperty("os.name") + " " + System.getProperty("os.arch")).equals("Linux amd64");

    record Case(LayerPeer peer, LayerWork work) {
        @Override
        public String toString() {
            return peer.name() + " " + work;
        }
    }

    static Stream<LayerWork> works() {
        return Stream.of(
                        "7x9x20-1x1x33",
                        "1x1x16-1x1x8",
                        "11x8x3-3x3x16-s2",
                        "12x9x24-3x3x40",
                        "1x13x30-1x3x12",
                        "9x7x40-3x3",
                        "10x13x48-3x3-s2",
                        "10x13x17-5x5-s2x1",
                        "8x8x32-7x7-s1x2",
                        "3x17x64-keys",
                        "3x17x64-values")
                .map(Layer::parse)
                .flatMap(layer -> Stream.of(LayerFormat.values())
                        .filter(format -> format.isDefinedFor(layer))
                        .map(format -> new LayerWork(format, layer)));
    }

    static Stream<Case> cases() {
        return works().flatMap(work -> LayerPeers.all().stream().map(peer -> new Case(peer, work)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachComputesTheLayerOrSaysWhyNot(Case given) {
        final LayerOperands operands = LayerOperands.random(given.work());
        try (Prepared prepared = given.peer().prepare(operands)) {
            prepared.run();
            assertEquals(
                    Optional.empty(),
                    new DoubleReference(operands)
                            .findError(prepared.result(), given.work().format().tolerance()));
            assertEquals(given.peer().variant(given.work()), prepared.variant());
        } catch (PeerUnavailableException e) {
            assertTrue(!LIBRARIES_ARE_FOR_THIS_HOST && !given.peer().name().equals(Peers.OURS), e.getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("works")
    void oursHasTheBitsOfTheReference(LayerWork work) {
        assertEquals(-1, results(LayerPeers.all().getFirst(), work).mismatch(results(LayerPeers.reference(), work)));
    }

    private static MemorySegment results(LayerPeer peer, LayerWork work) {
        final LayerOperands operands = LayerOperands.random(work);
        try (Prepared prepared = peer.prepare(operands)) {
            prepared.run();
            return MemorySegment.ofArray(prepared.result().toArray(ValueLayout.JAVA_FLOAT));
        }
    }
}
