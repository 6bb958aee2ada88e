package dev.tilesmith.processor.program;

/**
 * A virtual vector register, written once in each iteration but for accumulators.
 *
 * @param name unique in its program; names the variable in generated source
 * @param type what its lanes hold
 */
public record Register(String name, LaneType type) {
    @Override
    public String toString() {
        return name;
    }
}
