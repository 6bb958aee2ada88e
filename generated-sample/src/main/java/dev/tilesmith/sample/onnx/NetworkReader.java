package dev.tilesmith.sample.onnx;

import dev.tilesmith.sample.network.Network;
import dev.tilesmith.sample.network.Operation;
import dev.tilesmith.sample.network.Operation.Activate;
import dev.tilesmith.sample.network.Operation.Attention;
import dev.tilesmith.sample.network.Operation.LayerNorm;
import dev.tilesmith.sample.network.Step;
import dev.tilesmith.spec.Activation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a network for images as exporters of PaddlePaddle and PyTorch write them, from its output back to its input.
 *
 * <p>What is spelled out in several nodes is one step: hard swish, SiLU, layer norms, attention. What only moves dimensions between
 * an image of one row and tokens is none. A node that is not known is refused, by name.
 */
public final class NetworkReader {
    private static final List<Integer> TOKENS_OF_CHANNELS = List.of(0, 2, 1);
    private static final List<Integer> CHANNELS_OF_PIXELS = List.of(0, 3, 1, 2);

    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    private NetworkReader() {}

    /**
     * The network in an ONNX file, step by step as the file has it.
     *
     * @throws OnnxFormatException if the file is not ONNX, is cut short, or has a node that is not known
     */
    public static Network read(byte[] file) {
        final NetworkReader reader = new NetworkReader();
        reader.number(OnnxGraph.parse(file).output());
        return new Network(reader.steps);
    }

    /** The number of the step that gives a value, after all that it needs. */
    private int number(Value value) {
        final Integer known = numbers.get(value.name());
        if (known != null) {
            return known;
        }
        final int number = read(value);
        numbers.put(value.name(), number);
        return number;
    }

    private int read(Value value) {
        final Optional<String> type = value.producerType();
        if (type.isEmpty()) {
            if (value.isConstant()) {
                throw new OnnxFormatException(value.producerLabel() + ": expected what is computed from the image");
            }
            return Step.IMAGE;
        }
        return switch (type.get()) {
            case "Conv" -> step(value, Filters.convolution(value), value.back("Conv", 0));
            case "ConvTranspose" -> step(value, Filters.doubling(value), value.back("ConvTranspose", 0));
            case "MatMul" -> step(value, Filters.product(value), value.back("MatMul", 0));
            case "BatchNormalization" -> step(value, Affines.batchNorm(value), value.back("BatchNormalization", 0));
            case "Relu" -> step(value, new Activate(Activation.RELU), value.back("Relu", 0));
            case "Div" -> step(value, new Activate(Activation.HARD_SWISH), hardSwish(value));
            case "HardSigmoid" -> step(value, hardSigmoid(value), value.back("HardSigmoid", 0));
            case "Sigmoid" -> step(value, new Operation.Sigmoid(), value.back("Sigmoid", 0));
            case "Softmax" -> step(value, new Operation.Softmax(), value.back("Softmax", 0));
            case "Add" -> add(value);
            case "Mul" -> multiply(value);
            case "Concat" -> concat(value);
            case "GlobalAveragePool" -> step(value, new Operation.GlobalAverage(), value.back("GlobalAveragePool", 0));
            case "AveragePool" -> step(value, average(value), value.back("AveragePool", 0));
            case "Resize" -> step(value, enlarge(value), value.back("Resize", 0));
            case "Transpose" -> number(moved(value));
            case "Reshape" -> attention(value);
            default -> throw new OnnxFormatException(value.producerLabel() + ": this reader knows no such node");
        };
    }

    private int step(Value value, Operation operation, Value... inputs) {
        final List<Integer> from = new ArrayList<>();
        for (final Value input : inputs) {
            from.add(number(input));
        }
        steps.add(new Step(value.name(), operation, from));
        return steps.size() - 1;
    }

    /** {@code x * min(max(x + 3, 0), 6) / 6}: what is x. */
    private static Value hardSwish(Value value) {
        requireScalar(value.back("Div", 1), 6);
        final Value product = value.back("Div", 0);
        final Value clip = product.operands("Mul", "a clip", operand -> operand.isMadeBy("Clip"))
                .first();
        requireScalar(clip.back("Clip", 1), 0);
        requireScalar(clip.back("Clip", 2), 6);
        final Value.Pair sum = clip.back("Clip", 0).operands("Add", "a constant", Value::isConstant);
        requireScalar(sum.first(), 3);
        final Value x = product.operands("Mul", "no clip", operand -> !operand.isMadeBy("Clip"))
                .first();
        requireSame(value, x, sum.second());
        return x;
    }

    private static Operation hardSigmoid(Value value) {
        final Attributes attributes = value.attributes("HardSigmoid");
        return new Operation.HardSigmoid(attributes.number("alpha", 0.2f), attributes.number("beta", 0.5f));
    }

    private int add(Value value) {
        if (!value.back("Add", 0).isConstant() && !value.back("Add", 1).isConstant()) {
            return step(value, new Operation.Add(), value.back("Add", 0), value.back("Add", 1));
        }
        final Value.Pair operands = value.operands("Add", "a constant", Value::isConstant);
        final float[] constant = operands.first().constant("summand").floats();
        final Optional<Normed> norm = norm(operands.second());
        if (norm.isPresent()) {
            final Operation operation = new LayerNorm(norm.get().gamma, constant, norm.get().epsilon);
            return step(value, operation, norm.get().input);
        }
        return step(value, Affines.shift(constant), operands.second());
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on at once
    private record Normed(Value input, float[] gamma, float epsilon) {}

    /** {@code (x - mean(x)) / sqrt(mean((x - mean(x))^2) + epsilon) * gamma}, if that is what it is. */
    private static Optional<Normed> norm(Value scaled) {
        if (!scaled.isMadeBy("Mul")
                || !(scaled.back("Mul", 0).isMadeBy("Div")
                        || scaled.back("Mul", 1).isMadeBy("Div"))) {
            return Optional.empty();
        }
        final Value.Pair operands = scaled.operands("Mul", "a quotient", operand -> operand.isMadeBy("Div"));
        final Value quotient = operands.first();
        if (!quotient.back("Div", 1).isMadeBy("Sqrt")) {
            return Optional.empty();
        }
        final Value centred = quotient.back("Div", 0);
        final Value x = centred.back("Sub", 0);
        final Value mean = centred.back("Sub", 1);
        requireLast(mean);
        requireSame(scaled, x, mean.back("ReduceMean", 0));
        final Value.Pair sum = quotient.back("Div", 1)
                .back("Sqrt", 0)
                .operands("Add", "a variance", operand -> operand.isMadeBy("ReduceMean"));
        requireLast(sum.first());
        final Value square = sum.first().back("ReduceMean", 0);
        requireScalar(square.back("Pow", 1), 2);
        requireSame(scaled, centred, square.back("Pow", 0));
        final float[] gamma = operands.second().constant("gamma").floats();
        return Optional.of(new Normed(x, gamma, sum.second().constant("epsilon").scalar()));
    }

    private static void requireLast(Value mean) {
        mean.attributes("ReduceMean").require("axes", List.of(-1), List.of());
        mean.attributes("ReduceMean").require("keepdims", 1, 1);
    }

    private int multiply(Value value) {
        final Value left = value.back("Mul", 0);
        final Value right = value.back("Mul", 1);
        if (left.isConstant() || right.isConstant()) {
            final Value.Pair operands = value.operands("Mul", "a constant", Value::isConstant);
            return step(value, Affines.scale(operands.first().constant("factor").floats()), operands.second());
        }
        if (left.isMadeBy("Sigmoid") || right.isMadeBy("Sigmoid")) {
            final Value.Pair operands = value.operands("Mul", "a sigmoid", operand -> operand.isMadeBy("Sigmoid"));
            requireSame(value, operands.second(), unscaled(operands.first().back("Sigmoid", 0)));
            return step(value, new Activate(Activation.SILU), operands.second());
        }
        final Value.Pair operands = value.operands("Mul", "a gate", operand -> operand.isMadeBy("HardSigmoid"));
        return step(value, new Operation.Gate(0), operands.second(), operands.first());
    }

    /** What is multiplied by 1, as exporters write the beta of swish. */
    private static Value unscaled(Value value) {
        if (!value.isMadeBy("Mul")) {
            return value;
        }
        final Value.Pair operands = value.operands("Mul", "a constant", Value::isConstant);
        requireScalar(operands.first(), 1);
        return operands.second();
    }

    private int concat(Value value) {
        value.attributes("Concat").require("axis", 1, 1);
        final Value[] inputs = new Value[value.inputs("Concat")];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = value.back("Concat", i);
        }
        return step(value, new Operation.Concat(), inputs);
    }

    private static Operation average(Value value) {
        final Attributes attributes = value.attributes("AveragePool");
        final List<Integer> window = attributes.integers("kernel_shape", List.of());
        attributes.require("strides", window, List.of(1, 1));
        attributes.require("pads", List.of(0, 0, 0, 0), List.of(0, 0, 0, 0));
        attributes.require("ceil_mode", 0, 0);
        return new Operation.Average(window.getFirst(), window.getLast());
    }

    private static Operation enlarge(Value value) {
        final Attributes attributes = value.attributes("Resize");
        attributes.require("mode", "nearest", "nearest");
        attributes.require("coordinate_transformation_mode", "asymmetric", "half_pixel");
        attributes.require("nearest_mode", "floor", "round_prefer_floor");
        final float[] scales = value.back("Resize", 2).constant("scales").floats();
        final int factor = scales.length == 4 ? (int) scales[3] : 0;
        if (factor < 1 || scales[0] != 1 || scales[1] != 1 || scales[2] != factor || scales[3] != factor) {
            throw new OnnxFormatException(
                    value.producerLabel() + ": expected one whole scale for both sides of an image");
        }
        return new Operation.Enlarge(factor);
    }

    /** What is another order of dimensions in the file, and the same in memory where channels are innermost. */
    private static Value moved(Value value) {
        final List<Integer> order = value.attributes("Transpose").integers("perm", List.of());
        final Value inner = value.back("Transpose", 0);
        if (order.equals(TOKENS_OF_CHANNELS) && inner.isMadeBy("Squeeze")) {
            inner.attributes("Squeeze").require("axes", List.of(2), List.of());
            return inner.back("Squeeze", 0);
        }
        if (order.equals(TOKENS_OF_CHANNELS) || order.equals(CHANNELS_OF_PIXELS)) {
            return inner.back("Reshape", 0);
        }
        throw new OnnxFormatException(value.producerLabel() + ": no step has its order of dimensions, " + order);
    }

    private int attention(Value value) {
        final Value context = transposed(value.back("Reshape", 0), List.of(0, 2, 1, 3));
        final Value weights = context.back("MatMul", 0);
        weights.attributes("Softmax").require("axis", 3, -1);
        final Value scores = weights.back("Softmax", 0);
        final Value.Pair query = scores.back("MatMul", 0).operands("Mul", "a constant", Value::isConstant);
        final Value key = transposed(scores.back("MatMul", 1), List.of(0, 1, 3, 2));
        final Value heads = part(query.second(), 0);
        requireSame(value, heads, part(key, 1));
        requireSame(value, heads, part(context.back("MatMul", 1), 2));
        final Value split = transposed(heads, List.of(2, 0, 3, 1, 4));
        final Value shape = split.back("Reshape", 1);
        final Operation operation = new Attention(
                extent(shape, 3),
                extent(shape, 4),
                query.first().constant("scale").scalar());
        return step(value, operation, split.back("Reshape", 0));
    }

    private static Value transposed(Value value, List<Integer> order) {
        value.attributes("Transpose").require("perm", order, List.of());
        return value.back("Transpose", 0);
    }

    /** What a value is part {@code number} of, along the first dimension. */
    private static Value part(Value value, int number) {
        value.attributes("Squeeze").require("axes", List.of(0), List.of());
        final Value slice = value.back("Squeeze", 0);
        final int first = slice.back("Slice", 1).constant("start").int64();
        if (first != number || slice.back("Slice", 2).constant("end").int64() != number + 1) {
            throw new OnnxFormatException(slice.producerLabel() + ": expected part " + number);
        }
        return slice.back("Slice", 0);
    }

    /** A dimension that a shape gives as a constant. */
    private static int extent(Value shape, int dimension) {
        final Value cast = shape.back("Concat", dimension);
        final Value value = cast.isMadeBy("Cast") ? cast.back("Cast", 0) : cast;
        return value.constant("dimension").integers().getFirst();
    }

    private static void requireScalar(Value value, float expected) {
        if (value.constant("constant").scalar() != expected) {
            throw new OnnxFormatException(value.producerLabel() + ": expected " + expected);
        }
    }

    private static void requireSame(Value where, Value one, Value other) {
        if (!one.name().equals(other.name())) {
            throw new OnnxFormatException(
                    where.producerLabel() + ": expected one value in '" + one.name() + "' and '" + other.name() + "'");
        }
    }
}
