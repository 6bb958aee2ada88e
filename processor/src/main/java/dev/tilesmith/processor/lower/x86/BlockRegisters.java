package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.ARGUMENTS;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.program.BlockEnd;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;

/**
 * The registers of a tile that takes K in blocks. They hold, in this order: sums; as many totals as there is room for, the
 * others being in the argument block; weights; what is broadcast; constants. A tile with few sums has several of each, which
 * parts of a byte, or steps, take in turns, to keep the multipliers busy through their latency.
 */
final class BlockRegisters {
    /** Registers that the products of a row take, and what they are made of. */
    private static final int WORKING_IN_PAIRS = 4;

    /** Two multiplications a cycle, each done after four. */
    private static final int CHAINS = 8;

    private final Isa isa;
    private final Program program;
    private final WeightBits bits;
    private final boolean paired;
    private final int chains;
    private final int totals;
    private final int working;
    private final boolean keepsBits;

    /** The registers of {@code program}, whose weights are {@code bits}. */
    BlockRegisters(Isa isa, Program program, WeightBits bits) {
        this.isa = isa;
        this.program = program;
        this.bits = bits;
        this.paired = program.contraction().product() == Product.DOT_OF_FOUR_BY_PAIRS;
        final int results = program.mr() * program.vectors();
        final int others = others();
        final int wanted = program.contraction().hasTotals() ? results : 0;
        this.chains = chains(results, wanted + others);
        this.totals = Math.clamp(isa.registers() - others - chains * results, 0, wanted);
        this.working = chains * results + totals;
        this.keepsBits = bits.parts() > 2 && !paired && working + others + program.vectors() < isa.registers();
        if (working + others > isa.registers()) {
            throw new IllegalArgumentException(TileCode.entry(program).name() + " needs " + (working + others) + " of "
                    + isa.registers() + " vector registers");
        }
    }

    /** Registers beside sums and totals. The end of a block needs a scale, a minimum if there is one, and a product. */
    private int others() {
        final int step = paired ? Math.max(WORKING_IN_PAIRS, program.vectors()) : program.vectors() + 1;
        final int loaded =
                switch (program.contraction().end()) {
                    case BlockEnd.None _, BlockEnd.OfWeights _ -> 0; // scales are where weights were
                    case BlockEnd.OfBoth(BlockEnd.Scale _, boolean minima) -> minima ? 2 : 1;
                };
        return bits.constants() + Math.max(step, loaded + 1);
    }

    /** As many as keep the multipliers busy, where registers suffice. */
    private int chains(int results, int others) {
        final boolean pairs = program.contraction().product() == Product.DOT_OF_PAIRS;
        final int most = paired || pairs ? 1 : Math.max(2, bits.parts());
        int count = 1;
        while (2 * count <= most && count * results < CHAINS && 2 * count * results + others <= isa.registers()) {
            count *= 2;
        }
        return count;
    }

    /** Whether two parts of a byte, or two halves of one, are multiplied at once. */
    boolean paired() {
        return paired;
    }

    int chains() {
        return chains;
    }

    private Vec register(int index) {
        return new Vec(isa.bits(), index);
    }

    Vec sum(int chain, int row, int vector) {
        return register((chain * program.mr() + row) * program.vectors() + vector);
    }

    /** Whether a total has a register. */
    boolean hasTotal(int row, int vector) {
        return row * program.vectors() + vector < totals;
    }

    Vec total(int row, int vector) {
        return register((chains * program.mr() + row) * program.vectors() + vector);
    }

    Mem totalInMemory(int row, int vector) {
        return mem(ARGUMENTS, NativeArguments.TOTALS + (row * program.vectors() + vector) * isa.bits() / 8);
    }

    /** Where sums and totals end up. */
    Vec result(int row, int vector) {
        return hasTotal(row, vector) ? total(row, vector) : sum(0, row, vector);
    }

    /** The weights of a vector of columns; parts of a byte take turns, but where two are wanted at once. */
    Vec weights(int vector, int part) {
        return register(working + (paired ? part % 2 : vector));
    }

    /** Where the bits of two parts of a byte are kept, if registers suffice; else with the weights, and they are taken anew. */
    Vec index(int vector) {
        return register(working + (keepsBits ? program.vectors() : 0) + vector);
    }

    /** A register that holds no sum, no total and, within a step, no weights. */
    Vec scratch(int index) {
        if (working + index >= isa.registers()) {
            throw new IllegalStateException(
                    "the tile leaves no " + (index + 1) + " of " + isa.registers() + " vector registers");
        }
        return register(working + index);
    }

    Vec broadcast(int index) {
        return register(working + (paired ? 2 : keepsBits ? 2 * program.vectors() : program.vectors()) + index);
    }

    /** Registers that take turns at what is broadcast: those that are left, up to the constants. */
    int broadcasts() {
        return isa.registers() - bits.constants() - broadcast(0).index();
    }

    /** Where products of pairs are, of weights that need no constant. */
    Vec products() {
        return bits.constant(0);
    }
}
