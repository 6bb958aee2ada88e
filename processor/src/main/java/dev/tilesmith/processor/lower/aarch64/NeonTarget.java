package dev.tilesmith.processor.lower.aarch64;

import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.lower.FamilyTiles;
import dev.tilesmith.processor.lower.MachineTarget;
import dev.tilesmith.processor.lower.RegisterModel;
import dev.tilesmith.processor.lower.RegisterModel.Engine;
import dev.tilesmith.processor.program.BeforeBlock;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Decoding.Order;
import dev.tilesmith.processor.program.Multiplication;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.TileShape;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Target;
import java.util.List;

/** The targets for Arm's Advanced SIMD. What differs in products of bytes alone has no code of its own for f32. */
public enum NeonTarget implements MachineTarget {
    /** Dot products of bytes, by an element of a vector of rows. */
    DOTPROD(
            Target.NEON_DOTPROD,
            Multiplication.ofBytes(Product.SIGNED_DOT_OF_FOUR, Order.PART_BY_PART)
                    .andFloats(Product.FMA)) {
        @Override
        public RegisterModel registers(Contraction contraction) {
            return switch (contraction.rhs().stored()) {
                case F32, F16, BF16 -> BY_ELEMENT;
                case INT8 -> contraction.hasTotals() ? BY_ELEMENT.with(5, 3) : BY_ELEMENT;
                case NIBBLES -> BY_ELEMENT.with(5, 5);
                case TWO_BITS -> BY_ELEMENT.with(7, 5);
            };
        }

        @Override
        MachineCode blockQuantizer(BeforeBlock before) {
            return BlockQuantizerCode.assemble(before);
        }

        @Override
        MachineCode nibbleQuantizer(boolean asFloats) {
            return QuantizerCode.assembleForBlocks(asFloats);
        }
    },
    /** Products of two rows and two columns. */
    I8MM(Target.NEON_I8MM, Multiplication.ofBytes(Product.BLOCK_DOT, Order.PART_BY_PART)) {
        @Override
        public RegisterModel registers(Contraction contraction) {
            return contraction.hasTotals()
                    ? BLOCKS_WITH_TOTALS
                    : switch (contraction.rhs().stored()) {
                        case F32, F16, BF16, INT8 -> blocks(2, 12);
                        case NIBBLES -> blocks(3, 12);
                        case TWO_BITS -> blocks(5, 8);
                    };
        }

        @Override
        MachineCode blockQuantizer(BeforeBlock before) {
            return BlockQuantizerCode.assembleForPairsOfRows(before);
        }

        @Override
        MachineCode nibbleQuantizer(boolean asFloats) {
            return QuantizerCode.assembleForPairsOfRows(asFloats);
        }
    },
    /** Products of two rows and two columns of BF16, and of nothing else. */
    BF16(Target.NEON_BF16, Multiplication.ofBf16(Product.BF16_BLOCK_DOT)) {
        @Override
        public RegisterModel registers(Contraction contraction) {
            return blocks(2, 12);
        }

        @Override
        MachineCode blockQuantizer(BeforeBlock before) {
            throw new IllegalArgumentException("no rows are quantized before " + before);
        }

        @Override
        MachineCode nibbleQuantizer(boolean asFloats) {
            throw new IllegalArgumentException("no rows are quantized for " + this);
        }
    };

    /** What the code addresses: a pointer for each row, or pair of rows. */
    private static final int POINTERS = 8;

    private static final RegisterModel BY_ELEMENT =
            new RegisterModel("v", 32, 4, Engine.BY_ELEMENT, 2, 16, 6, POINTERS, RegisterModel.ANY);

    private static final RegisterModel BLOCKS_WITH_TOTALS =
            new RegisterModel("v", 32, 4, Engine.BLOCKS_WITH_TOTALS, 4, 8, 6, 2 * POINTERS, RegisterModel.ANY);

    private final Target target;
    private final Multiplication multiplication;

    NeonTarget(Target target, Multiplication multiplication) {
        this.target = target;
        this.multiplication = multiplication;
    }

    private static RegisterModel blocks(int turns, int bestNr) {
        return new RegisterModel("v", 32, 4, Engine.BLOCKS, turns, bestNr, 8, 2 * POINTERS, RegisterModel.ANY);
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public Multiplication multiplication() {
        return multiplication;
    }

    @Override
    public List<Program> programs(FamilyTiles tiles) {
        final int lanes = registers(tiles.contraction()).lanes();
        return tiles.mrs().stream()
                .map(mr -> tiles.program(new TileShape(mr, tiles.nr() / lanes, lanes), multiplication))
                .toList();
    }

    /** Tiles end columns by themselves: all are of {@code nr}. */
    @Override
    public MachineCode assemble(int nr, List<Program> programs, Schedule schedule) {
        requireKnown(programs, schedule);
        return NeonFamilyCode.assemble(programs);
    }

    /** Weights of two bits are looked up as they are, so that their rows are those of int8. */
    @Override
    public MachineCode quantizer(Contraction contraction) {
        if (contraction.scalesRows()) {
            return blockQuantizer(BeforeBlock.of(contraction));
        }
        return switch (contraction.rhs().stored()) {
            case F32, F16, BF16 -> throw new IllegalArgumentException("no rows are quantized for " + contraction);
            case INT8, TWO_BITS ->
                QuantizerCode.assemble(registers(contraction).rowsTogether(), contraction.bytesTogether());
            case NIBBLES -> nibbleQuantizer(contraction.hasTotals());
        };
    }

    abstract MachineCode blockQuantizer(BeforeBlock before);

    abstract MachineCode nibbleQuantizer(boolean asFloats);
}
