package dev.tilesmith.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.bench.work.DoubleReference;
import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Operation;
import dev.tilesmith.bench.work.Shape;
import dev.tilesmith.bench.work.Work;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class PeersTest {
    private static final boolean LIBRARIES_ARE_FOR_THIS_HOST =
            (System.getProperty("os.name") + " " + System.getProperty("os.arch")).equals("Linux amd64");

    record Case(Peer peer, Work work) {
        @Override
        public String toString() {
            return peer.name() + " " + work;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                        new Shape(5, 20, 48),
                        new Shape(13, 23, 48),
                        new Shape(13, 23, 64),
                        new Shape(35, 66, 512),
                        new Shape(1, 1, 1),
                        new Shape(33, 65, 129),
                        new Shape(1, 64, 64),
                        new Shape(8, 20, 384),
                        new Shape(8, 20, 512),
                        new Shape(1, 40, 1024))
                .flatMap(shape -> Stream.of(1, 2)
                        .flatMap(threads ->
                                Stream.of(Operation.values()).map(operation -> new Work(operation, shape, threads)))
                        .filter(work -> work.operation().isDefinedFor(shape))
                        .flatMap(work -> Peers.all().stream()
                                .filter(peer -> peer.supports(work) && needsNoNetwork(peer))
                                .map(peer -> new Case(peer, work))));
    }

    /** ggml is tested where the bench has fetched it before: the tests fetch nothing. */
    private static boolean needsNoNetwork(Peer peer) {
        return !peer.name().equals("ggml") || GgmlLibrary.isHere();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachComputesTheProductOrSaysWhyNot(Case given) {
        final Operation operation = given.work().operation();
        final Operands operands = Operands.random(operation, given.work().shape());
        final Peer peer = given.peer();
        try (Prepared prepared = peer.prepare(operation, operands, given.work().threads())) {
            Operands.clear(operands.dst());
            prepared.run();
            assertEquals(
                    Optional.empty(),
                    new DoubleReference(operands).findError(prepared.result(), peer.tolerance(operation)));
        } catch (PeerUnavailableException e) {
            assertTrue(!LIBRARIES_ARE_FOR_THIS_HOST && !peer.name().equals(Peers.OURS), e.getMessage());
        }
    }

    /** What a peer computes from memory that is not its own is right by chance only: see {@link JlamaPeer}. */
    @ParameterizedTest
    @CsvSource({
        "jlama-native, 1x64x64, false",
        "jlama-native, 1x4096x384, false",
        "jlama-native, 1x4096x256, true",
        "jlama-panama, 1x64x64, false",
        "jlama-panama, 1x64x512, true",
        "jlama-panama, 2x64x256, true",
        "jlama-panama, 2x65x64, false"
    })
    void jlamaMultipliesInt8OnlyWhereItStaysWithinItsRows(String peer, String shape, boolean supported) {
        final Work work = new Work(Operation.INT4_MATMUL, Shape.parse(shape), 1);
        assertEquals(supported, Peers.named(peer).supports(work));
    }

    static Stream<Case> coldCases() {
        return Stream.of(Operation.values())
                .map(operation -> new Work(operation, new Shape(1, 4096, 4096, true), 1))
                .map(work -> new Case(Peers.named(Peers.OURS), work))
                .filter(given -> given.peer().supports(given.work()));
    }

    @ParameterizedTest
    @MethodSource("coldCases")
    void everyCopyOfTheWeightsHasItsTurn(Case given) {
        final Operation operation = given.work().operation();
        final Operands operands = Operands.random(operation, given.work().shape());
        final DoubleReference reference = new DoubleReference(operands);
        final int copies = operation.copies(given.work().shape());
        try (Prepared prepared = InTurn.prepare(given.peer(), operation, operands, 1)) {
            for (int run = 0; run <= copies; run++) {
                Operands.clear(operands.dst());
                prepared.run();
                assertEquals(Optional.empty(), reference.findError(prepared.result(), operation.tolerance()));
            }
        }
    }

    @Test
    void everyoneIsFoundByName() {
        final List<String> names = Peers.all().stream().map(Peer::name).toList();
        assertEquals(
                names,
                Peers.parse(String.join(",", names)).stream().map(Peer::name).toList());
        assertEquals(names.size(), names.stream().distinct().count());
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        final String message =
                String.valueOf(assertThrows(IllegalArgumentException.class, () -> Peers.parse("tilesmith,mkl"))
                        .getMessage());
        assertTrue(message.contains("'mkl'") && message.contains("onednn"), message);
    }
}
