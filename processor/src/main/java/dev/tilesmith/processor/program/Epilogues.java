package dev.tilesmith.processor.program;

import static dev.tilesmith.processor.program.LaneType.F32;
import static dev.tilesmith.processor.program.LaneType.I32;

import java.util.ArrayList;
import java.util.List;

/** The epilogues there are. This is where numerics are fixed: each operation is rounded, in this order. */
public final class Epilogues {
    private final Contraction contraction;
    private final Finish finish;
    private final EpilogueBuilder code;

    private Epilogues(TileShape shape, Contraction contraction, Finish finish) {
        this.contraction = contraction;
        this.finish = finish;
        this.code = new EpilogueBuilder(shape.vectors());
    }

    /** Of integers, which have bounds at most. */
    private static Epilogues ofIntegers(TileShape shape, Contraction contraction, boolean clamp) {
        return new Epilogues(shape, contraction, new Finish(false, clamp));
    }

    /** Of f32s: the sum, with the bias, if it does not begin with that. */
    public static Epilogue ofFloats(TileShape shape, Contraction contraction, Finish finish) {
        final Epilogues epilogue = new Epilogues(shape, contraction, finish);
        final boolean adds = finish.bias() && !contraction.beginsWithBias();
        if (adds) {
            epilogue.code.eachVector(v -> epilogue.code.loadOnce(Role.BIAS, F32, ColumnPart.BIAS, v));
            epilogue.code.eachVector(v -> epilogue.code.add(new Op.Add(
                    new Register(Role.BIASED, F32, v), contraction.result(v), new Register(Role.BIAS, F32, v))));
        }
        return epilogue.end(adds ? Role.BIASED : Role.SUM);
    }

    /**
     * Of rows that are quantized as they come, and weights whose channels have a scale: {@code float(sum - zeroPoint * Σ w) *
     * (scale * inverseScale) + bias}.
     */
    public static Epilogue ofSums(TileShape shape, Contraction contraction, Finish finish) {
        final Epilogues epilogue = new Epilogues(shape, contraction, finish);
        final Register zeroPoint = epilogue.code.load(Role.ZERO_POINT, I32, RowPart.ZERO_POINT);
        epilogue.code.eachVector(v -> epilogue.takeOff(zeroPoint, v));
        final Register inverse = epilogue.code.load(Role.INVERSE_SCALE, F32, RowPart.INVERSE_SCALE);
        epilogue.code.eachVector(v -> epilogue.scale(inverse, v));
        return epilogue.end(finish.bias() ? Role.BIASED : Role.SCALED);
    }

    private void takeOff(Register zeroPoint, int v) {
        final Register sum = wholeSum(v);
        final Register weights = code.load(Role.WEIGHTS, I32, ColumnPart.WEIGHT_SUM, v);
        final Register excess = new Register(Role.EXCESS, I32, v);
        final Register exact = new Register(Role.EXACT, I32, v);
        code.add(new Op.IntMultiply(excess, zeroPoint, weights));
        code.add(new Op.IntSubtract(exact, sum, excess));
        code.add(new Op.Convert(new Register(Role.CONVERTED, F32, v), exact));
    }

    /** A sum as an integer. */
    private Register wholeSum(int v) {
        final Register sum = contraction.result(v);
        if (sum.type() == I32) {
            return sum;
        }
        final Register whole = new Register(Role.WHOLE, I32, v);
        code.add(new Op.Convert(whole, sum));
        return whole;
    }

    private void scale(Register inverse, int v) {
        final Register ofColumns = code.load(Role.COLUMN_SCALE, F32, ColumnPart.SCALE, v);
        final Register scale = new Register(Role.SCALE, F32, v);
        final Register scaled = new Register(Role.SCALED, F32, v);
        code.add(new Op.Multiply(scale, ofColumns, inverse));
        code.add(new Op.Multiply(scaled, new Register(Role.CONVERTED, F32, v), scale));
        if (finish.bias()) {
            addBias(scaled);
        }
    }

    private void addBias(Register result) {
        final Register bias = code.load(Role.BIAS, F32, ColumnPart.BIAS, result.vector());
        code.add(new Op.Add(new Register(Role.BIASED, F32, result.vector()), result, bias));
    }

    /**
     * Of rows that are quantized as they come, and weights whose blocks have scales: {@code fma(Σ scale·w, float(-zeroPoint),
     * total) * inverseScale + bias}.
     */
    public static Epilogue ofTotals(TileShape shape, Contraction contraction, Finish finish) {
        final Epilogues epilogue = new Epilogues(shape, contraction, finish);
        final EpilogueBuilder code = epilogue.code;
        final Register zeroPoint = code.load(Role.ZERO_POINT, I32, RowPart.ZERO_POINT);
        final Register negative = new Register(Role.NEGATIVE, I32, Register.OF_ROW);
        final Register factor = new Register(Role.FACTOR, F32, Register.OF_ROW);
        code.add(new Op.IntNegate(negative, zeroPoint));
        code.add(new Op.Convert(factor, negative));
        final Register inverse = code.load(Role.INVERSE_SCALE, F32, RowPart.INVERSE_SCALE);
        code.eachVector(v -> {
            final Register weights = code.load(Role.WEIGHTS, F32, ColumnPart.WEIGHT_SUM, v);
            final Register exact = new Register(Role.EXACT, F32, v);
            final Register scaled = new Register(Role.SCALED, F32, v);
            code.add(new Op.FusedMultiplyAdd(exact, weights, factor, contraction.result(v)));
            code.add(new Op.Multiply(scaled, exact, inverse));
            if (finish.bias()) {
                epilogue.addBias(scaled);
            }
        });
        return epilogue.end(finish.bias() ? Role.BIASED : Role.SCALED);
    }

    /** Of rows and weights that have scales for blocks: the total, with the bias. */
    public static Epilogue ofScaledTotals(TileShape shape, Contraction contraction, Finish finish) {
        final Epilogues epilogue = new Epilogues(shape, contraction, finish);
        if (finish.bias()) {
            epilogue.code.eachVector(v -> epilogue.addBias(contraction.result(v)));
        }
        return epilogue.end(finish.bias() ? Role.BIASED : Role.TOTAL);
    }

    /**
     * Of rows that were quantized beforehand: the exact sums. What the zero point of the left operand and the bias add to a sum
     * is one integer for each column, found when the weights are packed.
     */
    public static Epilogue ofExactSums(TileShape shape, Contraction contraction) {
        final Epilogues epilogue = ofIntegers(shape, contraction, false);
        epilogue.addBeginnings();
        epilogue.code.endPass();
        epilogue.code.eachVector(v -> epilogue.code.add(new Op.Store(new Register(Role.EXACT, I32, v))));
        return epilogue.code.build();
    }

    /**
     * Of rows that were quantized beforehand, to int8: {@code round(float(exact sum) * multiplier) + zeroPoint}.
     *
     * @param clamp whether results may be bounded
     */
    public static Epilogue requantized(TileShape shape, Contraction contraction, boolean clamp) {
        final Epilogues epilogue = ofIntegers(shape, contraction, clamp);
        epilogue.addBeginnings();
        epilogue.code.endPass();
        epilogue.code.eachVector(epilogue::requantize);
        epilogue.code.endPass();
        return epilogue.boundAndStoreBytes();
    }

    private void addBeginnings() {
        code.eachVector(v -> {
            final Register sum = wholeSum(v);
            final Register beginning = code.load(Role.BEGINNING, I32, ColumnPart.BEGINNING, v);
            code.add(new Op.IntAdd(new Register(Role.EXACT, I32, v), sum, beginning));
        });
    }

    private void requantize(int v) {
        final Register converted = new Register(Role.CONVERTED, F32, v);
        final Register scaled = new Register(Role.SCALED, F32, v);
        final Register rounded = new Register(Role.ROUNDED, I32, v);
        code.add(new Op.Convert(converted, new Register(Role.EXACT, I32, v)));
        final Register multiplier = code.load(Role.MULTIPLIER, F32, ColumnPart.MULTIPLIER, v);
        code.add(new Op.Multiply(scaled, converted, multiplier));
        code.add(new Op.Round(rounded, scaled));
        final Register zeroPoint = code.load(Role.RESULT_ZERO_POINT, I32, ColumnPart.ZERO_POINT, v);
        code.add(new Op.IntAdd(new Register(Role.RESULT, I32, v), rounded, zeroPoint));
    }

    private Epilogue boundAndStoreBytes() {
        if (finish.clamp()) {
            code.eachVector(v ->
                    code.add(new Op.IntClamp(new Register(Role.CLAMPED, I32, v), new Register(Role.RESULT, I32, v))));
            code.endPass();
        }
        final Role result = finish.clamp() ? Role.CLAMPED : Role.RESULT;
        code.eachVector(v -> code.add(new Op.StoreBytes(new Register(result, I32, v))));
        return code.build();
    }

    /** Applies the curve in a pass of its own, when nothing else is kept in registers; then bounds, and stores. */
    private Epilogue end(Role result) {
        code.endPass();
        final List<Register> curved = new ArrayList<>();
        code.eachVector(
                v -> curved.add(finish.curve().of(new Register(result, F32, v), new CurveBuilder(v, code::add))));
        code.endPass();
        if (finish.clamp()) {
            code.eachVector(v -> code.add(new Op.Clamp(new Register(Role.CLAMPED, F32, v), curved.get(v))));
            code.endPass();
        }
        code.eachVector(
                v -> code.add(new Op.Store(finish.clamp() ? new Register(Role.CLAMPED, F32, v) : curved.get(v))));
        return code.build();
    }
}
