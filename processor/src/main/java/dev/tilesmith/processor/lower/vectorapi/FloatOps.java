package dev.tilesmith.processor.lower.vectorapi;

import com.palantir.javapoet.CodeBlock;
import dev.tilesmith.processor.program.Decoding.Stored;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Register;

/** Writes operations on floats in registers as Java statements, each of which declares a variable of its register's name. */
record FloatOps(Dialect dialect) {
    /** Adds the statement of an operation. */
    void write(CodeBlock.Builder code, Op.Computing op) {
        switch (op) {
            case Op.Constant(Register to, float value) -> declare(code, to, dialect.broadcast(literal(value)));
            case Op.Add(Register to, Register a, Register b) ->
                declare(code, to, dialect.add(a.toString(), b.toString()));
            case Op.Multiply(Register to, Register a, Register b) ->
                declare(code, to, dialect.multiply(a.toString(), b.toString()));
            case Op.Divide(Register to, Register a, Register b) ->
                declare(code, to, dialect.divide(a.toString(), b.toString()));
            case Op.ScaleByPower(Register to, Register a, Register b) ->
                declare(code, to, dialect.scaleByPower(a.toString(), b.toString()));
            case Op.FusedMultiplyAdd(Register to, Register a, Register b, Register addend) ->
                declare(code, to, dialect.fma(a.toString(), b.toString(), addend.toString()));
            case Op.Magnitude(Register to, Register from) -> declare(code, to, dialect.magnitude(from.toString()));
            case Op.AtLeast(Register to, Register from, float bound) ->
                declare(code, to, dialect.max(from.toString(), literal(bound).toString()));
            case Op.AtMost(Register to, Register from, float bound) ->
                declare(code, to, dialect.min(from.toString(), literal(bound).toString()));
            case Op.Load _,
                    Op.LoadOfRow _,
                    Op.IntMultiply _,
                    Op.IntSubtract _,
                    Op.IntNegate _,
                    Op.IntAdd _,
                    Op.Convert _,
                    Op.Round _ -> throw new IllegalArgumentException("no Java of f32 tiles ends with: " + op);
        }
    }

    private static CodeBlock literal(float value) {
        return CodeBlock.of("$Lf", value);
    }

    /** Declares a vector of weights, widened if they are of 16 bits. */
    void load(CodeBlock.Builder code, Stored stored, String name, String segment, CodeBlock at) {
        switch (stored) {
            case F32 -> declare(code, name, dialect.fromSegment(segment, at));
            case F16 -> code.add(dialect.declareF16(name, segment, at));
            case BF16 -> declare(code, name, dialect.fromBf16(segment, at));
            case INT8, NIBBLES, TWO_BITS -> throw new IllegalStateException("integers are no floats: " + stored);
        }
    }

    /** Declares the variable of a register. */
    void declare(CodeBlock.Builder code, Object register, CodeBlock value) {
        code.addStatement("final $T $L = $L", dialect.type(), register, value);
    }
}
