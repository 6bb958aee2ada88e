package dev.tilesmith.processor.lower;

import dev.tilesmith.processor.lower.RegisterModel.Engine;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Decoding.Order;
import dev.tilesmith.processor.program.Decoding.Stored;
import dev.tilesmith.processor.program.Multiplication;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.spec.Target;
import java.util.Optional;

/**
 * A target whose code is Java, by floats alone: integers are multiplied as such.
 *
 * <p>The Vector API's 128 and 256 bits are planned for the 16 registers of SSE and AVX2. At 512 bits a tile of 14 x 32 fits
 * by count, but the JIT compiler spills it (docs/decisions, 0001): 12 rows are the most it keeps.
 */
public enum JavaTarget implements KernelTarget {
    /** One value at a time. */
    SCALAR(Target.SCALAR, registers("float", 32, 1, 4, 4)),
    /** The Vector API. */
    VECTOR_128(Target.VECTOR_128, registers("xmm", 16, 4, 8, 6)),
    /** The Vector API. */
    VECTOR_256(Target.VECTOR_256, registers("ymm", 16, 8, 16, 6)),
    /** The Vector API. */
    VECTOR_512(Target.VECTOR_512, registers("zmm", 32, 16, 32, 12));

    private static final Multiplication MULTIPLICATION =
            Multiplication.ofBytes(Product.EXACT_FMA, Order.PART_BY_PART).andFloats(Product.FMA);

    private final Target target;
    private final RegisterModel registers;

    JavaTarget(Target target, RegisterModel registers) {
        this.target = target;
        this.registers = registers;
    }

    private static RegisterModel registers(String name, int count, int lanes, int bestNr, int bestMr) {
        return new RegisterModel(
                name, count, lanes, Engine.BROADCAST, 1, bestNr, bestMr, RegisterModel.ANY, RegisterModel.ANY);
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public Multiplication multiplication() {
        return MULTIPLICATION;
    }

    @Override
    public Optional<Product> productByColumn(Stored stored) {
        return switch (stored) {
            case F32, F16, BF16 -> Optional.of(Product.FMA_BY_COLUMN);
            case INT8 -> Optional.of(Product.EXACT_FMA_BY_COLUMN);
            case NIBBLES, TWO_BITS -> Optional.empty();
        };
    }

    @Override
    public RegisterModel registers(Contraction contraction) {
        return registers;
    }

    /** Whether its code is source that uses the Vector API. */
    public boolean usesVectorApi() {
        return switch (this) {
            case SCALAR -> false;
            case VECTOR_128, VECTOR_256, VECTOR_512 -> true;
        };
    }
}
