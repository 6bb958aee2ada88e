package dev.tilesmith.processor.lower.aarch64;

import dev.tilesmith.processor.program.Epilogue;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Register;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What becomes of rounded values. Arm's conversion saturates at 32 bits and not at 16, and so does the addition to it, which no
 * zero point brings back into int8: that is no difference where a value is added to, bounded and stored as a byte, and nothing
 * else may be done with it.
 */
final class Rounding {
    private final Set<Register> rounded;

    /** The rounded values of {@code epilogue}; refuses one in which something else is done with them. */
    Rounding(Epilogue epilogue) {
        this.rounded = epilogue.ops().stream()
                .filter(Op.Round.class::isInstance)
                .flatMap(op -> op.writes().stream())
                .collect(Collectors.toSet());
        for (final Op op : epilogue.ops()) {
            if (op.reads().stream().anyMatch(rounded::contains) && !takesRounded(op)) {
                throw new IllegalArgumentException("no code for Arm takes a rounded value: " + op);
            }
        }
    }

    private static boolean takesRounded(Op op) {
        return switch (op) {
            case Op.IntAdd _, Op.IntClamp _, Op.StoreBytes _ -> true;
            case Op.Computing _, Op.Bounding _, Op.Storing _ -> false;
        };
    }

    /** Whether an addition to a value saturates. */
    boolean saturates(Register value) {
        return rounded.contains(value);
    }
}
