package dev.tilesmith.processor.program;

import java.util.function.Consumer;

/** Collects the operations of a curve on the results of one vector of columns, each value of it in a register of its own. */
final class CurveBuilder {
    private final int vector;
    private final Consumer<? super Op.Computing> ops;
    private int steps;

    /**
     * Of one vector of columns.
     *
     * @param ops takes the operations, in their order
     */
    CurveBuilder(int vector, Consumer<? super Op.Computing> ops) {
        this.vector = vector;
        this.ops = ops;
    }

    private Register next() {
        return new Register(Role.CURVED, ++steps, LaneType.F32, vector);
    }

    private Register add(Op.Computing op) {
        ops.accept(op);
        return op.to();
    }

    Register constant(float value) {
        return add(new Op.Constant(next(), value));
    }

    Register atLeast(Register from, float bound) {
        return add(new Op.AtLeast(next(), from, bound));
    }

    Register atMost(Register from, float bound) {
        return add(new Op.AtMost(next(), from, bound));
    }

    Register magnitude(Register from) {
        return add(new Op.Magnitude(next(), from));
    }

    Register fma(Register a, Register b, Register addend) {
        return add(new Op.FusedMultiplyAdd(next(), a, b, addend));
    }

    Register divide(Register a, Register b) {
        return add(new Op.Divide(next(), a, b));
    }

    Register scaleByPower(Register value, Register power) {
        return add(new Op.ScaleByPower(next(), value, power));
    }

    Register add(Register a, Register b) {
        return add(new Op.Add(next(), a, b));
    }

    Register multiply(Register a, Register b) {
        return add(new Op.Multiply(next(), a, b));
    }
}
