package dev.tilesmith.bench.peer;

import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Operation;
import dev.tilesmith.runtime.SpinningPool;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;

/** The same work with one copy of the weights after the other; left operand and result are the same for all. */
public final class InTurn implements Prepared {
    private final List<Prepared> copies;
    private int next;

    private InTurn(List<Prepared> copies) {
        this.copies = copies;
    }

    /**
     * Prepares as many copies as the shape asks for. Some peers read f32 weights where they lie, so these are copied;
     * each preparation lays out quantized ones anew.
     */
    public static InTurn prepare(Peer peer, Operation operation, Operands operands, int threads) {
        return new InTurn(peer.prepareAll(operation, copies(operation, operands), threads));
    }

    /** Our best kernel on threads of {@code pool} and the calling one. */
    public static InTurn prepare(SpinningPool pool, Operation operation, Operands operands, int threads) {
        final TilesmithPeer ours = new TilesmithPeer(TilesmithPeer.Kind.BEST);
        return new InTurn(ours.prepareAll(operation, copies(operation, operands), pool, threads));
    }

    private static List<Operands> copies(Operation operation, Operands operands) {
        return Stream.iterate(operands, last -> operation == Operation.F32_MATMUL ? last.withCopiedWeights() : last)
                .limit(operation.copies(operands.shape()))
                .toList();
    }

    @Override
    public void run() {
        copies.get(next).run();
        next = next + 1 == copies.size() ? 0 : next + 1;
    }

    @Override
    public MemorySegment result() {
        return copies.get(next == 0 ? copies.size() - 1 : next - 1).result();
    }

    @Override
    public String variant() {
        return copies.getFirst().variant();
    }

    @Override
    public void close() {
        copies.forEach(Prepared::close);
    }
}
