package dev.tilesmith.processor.lower;

import dev.tilesmith.processor.program.ColumnPart;
import dev.tilesmith.processor.program.LaneType;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Register;
import dev.tilesmith.processor.program.RowPart;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Operations that differ from a given one. */
final class OpChange {
    private OpChange() {}

    /** The same operation on other registers. */
    static Op withReads(Op op, UnaryOperator<Register> read) {
        return renamed(op, read, UnaryOperator.identity());
    }

    /** The same with all registers changed. */
    static Op rewritten(Op op, UnaryOperator<Register> register) {
        return renamed(op, register, register);
    }

    /** The same that reads {@code to} where it read {@code from}, and writes {@code written} for {@code write}. */
    static Op renamed(Op op, Register from, Register to, Register write, Register written) {
        return renamed(
                op,
                register -> register.equals(from) ? to : register,
                register -> register.equals(write) ? written : register);
    }

    private static Op renamed(Op op, UnaryOperator<Register> read, UnaryOperator<Register> write) {
        return switch (op) {
            case Op.Load(Register to, ColumnPart part) -> new Op.Load(write.apply(to), part);
            case Op.LoadOfRow(Register to, RowPart part) -> new Op.LoadOfRow(write.apply(to), part);
            case Op.IntMultiply(Register to, Register a, Register b) ->
                new Op.IntMultiply(write.apply(to), read.apply(a), read.apply(b));
            case Op.IntSubtract(Register to, Register a, Register b) ->
                new Op.IntSubtract(write.apply(to), read.apply(a), read.apply(b));
            case Op.IntNegate(Register to, Register from) -> new Op.IntNegate(write.apply(to), read.apply(from));
            case Op.IntAdd(Register to, Register a, Register b) ->
                new Op.IntAdd(write.apply(to), read.apply(a), read.apply(b));
            case Op.Convert(Register to, Register from) -> new Op.Convert(write.apply(to), read.apply(from));
            case Op.FusedMultiplyAdd(Register to, Register a, Register b, Register addend) ->
                new Op.FusedMultiplyAdd(write.apply(to), read.apply(a), read.apply(b), read.apply(addend));
            case Op.Multiply(Register to, Register a, Register b) ->
                new Op.Multiply(write.apply(to), read.apply(a), read.apply(b));
            case Op.Add(Register to, Register a, Register b) ->
                new Op.Add(write.apply(to), read.apply(a), read.apply(b));
            case Op.Divide(Register to, Register a, Register b) ->
                new Op.Divide(write.apply(to), read.apply(a), read.apply(b));
            case Op.ScaleByPower(Register to, Register a, Register b) ->
                new Op.ScaleByPower(write.apply(to), read.apply(a), read.apply(b));
            case Op.Magnitude(Register to, Register from) -> new Op.Magnitude(write.apply(to), read.apply(from));
            case Op.Constant(Register to, float value) -> new Op.Constant(write.apply(to), value);
            case Op.AtLeast(Register to, Register from, float bound) ->
                new Op.AtLeast(write.apply(to), read.apply(from), bound);
            case Op.AtMost(Register to, Register from, float bound) ->
                new Op.AtMost(write.apply(to), read.apply(from), bound);
            case Op.Round(Register to, Register from) -> new Op.Round(write.apply(to), read.apply(from));
            case Op.Clamp(Register to, Register from) -> new Op.Clamp(write.apply(to), read.apply(from));
            case Op.IntClamp(Register to, Register from) -> new Op.IntClamp(write.apply(to), read.apply(from));
            case Op.StoreBytes(Register from) -> new Op.StoreBytes(read.apply(from));
            case Op.Store(Register from) -> new Op.Store(read.apply(from));
        };
    }

    /** Operations that could be taken for one: others on the same registers, or of other parts. */
    static Stream<Supplier<Op>> siblings(Op op) {
        return switch (op) {
            case Op.Load(Register to, ColumnPart part) ->
                Mutations.otherParts(part).map(other -> () -> new Op.Load(to, other));
            case Op.LoadOfRow(Register to, RowPart part) ->
                Mutations.otherParts(part).map(other -> () -> new Op.LoadOfRow(to, other));
            case Op.IntMultiply(Register to, Register a, Register b) ->
                Stream.of(() -> new Op.IntAdd(to, a, b), () -> new Op.IntSubtract(to, a, b));
            case Op.IntSubtract(Register to, Register a, Register b) ->
                Stream.of(
                        () -> new Op.IntSubtract(to, b, a),
                        () -> new Op.IntAdd(to, a, b),
                        () -> new Op.IntMultiply(to, a, b));
            case Op.IntAdd(Register to, Register a, Register b) ->
                Stream.of(() -> new Op.IntSubtract(to, a, b), () -> new Op.IntMultiply(to, a, b));
            case Op.IntNegate(Register to, Register from) ->
                Stream.of(() -> new Op.IntAdd(to, from, from), () -> new Op.IntClamp(to, from));
            case Op.Convert(Register to, Register from) ->
                to.type() == LaneType.I32 ? Stream.of(() -> new Op.Round(to, from)) : Stream.empty();
            case Op.FusedMultiplyAdd(Register to, Register a, Register b, Register addend) ->
                Stream.of(
                        () -> new Op.FusedMultiplyAdd(to, a, addend, b),
                        () -> new Op.FusedMultiplyAdd(to, addend, b, a),
                        () -> new Op.Add(to, a, addend),
                        () -> new Op.Multiply(to, a, b));
            case Op.Multiply(Register to, Register a, Register b) ->
                Stream.of(() -> new Op.Add(to, a, b), () -> new Op.FusedMultiplyAdd(to, a, b, a));
            case Op.Add(Register to, Register a, Register b) ->
                Stream.of(() -> new Op.Multiply(to, a, b), () -> new Op.FusedMultiplyAdd(to, a, b, b));
            case Op.Divide(Register to, Register a, Register b) ->
                Stream.of(() -> new Op.Divide(to, b, a), () -> new Op.Multiply(to, a, b));
            case Op.ScaleByPower(Register to, Register a, Register b) ->
                Stream.of(() -> new Op.ScaleByPower(to, b, a), () -> new Op.Multiply(to, a, b));
            case Op.Magnitude(Register to, Register from) ->
                Stream.of(() -> new Op.AtLeast(to, from, 0f), () -> new Op.Multiply(to, from, from));
            case Op.Constant(Register to, float value) ->
                Stream.of(() -> new Op.Constant(to, Math.nextUp(value)), () -> new Op.Constant(to, value + 1f));
            case Op.AtLeast(Register to, Register from, float bound) ->
                Stream.of(
                        () -> new Op.AtMost(to, from, bound),
                        () -> new Op.AtLeast(to, from, Math.nextUp(bound)),
                        () -> new Op.AtLeast(to, from, bound + 1f));
            case Op.AtMost(Register to, Register from, float bound) ->
                Stream.of(
                        () -> new Op.AtLeast(to, from, bound),
                        () -> new Op.AtMost(to, from, Math.nextUp(bound)),
                        () -> new Op.AtMost(to, from, bound + 1f));
            case Op.Round(Register to, Register from) -> Stream.of(() -> new Op.Convert(to, from));
            case Op.Clamp(Register to, Register from) ->
                Stream.of(() -> new Op.Add(to, from, from), () -> new Op.IntClamp(to, from));
            case Op.IntClamp(Register to, Register from) ->
                Stream.of(() -> new Op.IntNegate(to, from), () -> new Op.Clamp(to, from));
            case Op.StoreBytes(Register from) -> Stream.of(() -> new Op.Store(from));
            case Op.Store(Register from) -> Stream.of(() -> new Op.StoreBytes(from));
        };
    }
}
