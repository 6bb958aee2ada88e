package dev.tilesmith.bench.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class OperandsTest {
    private final Operands operands = Operands.random(Operation.INT8_MATMUL, new Shape(2, 3, 5));

    @Test
    void copiedWeightsAreTheSameAtAnotherPlace() {
        final Operands copied = operands.withCopiedWeights();
        assertEquals(-1, operands.weights().mismatch(copied.weights()));
        assertNotEquals(operands.weights().address(), copied.weights().address());
    }

    @Test
    void theRestOfTheOperandsIsShared() {
        final Operands copied = operands.withCopiedWeights();
        assertEquals(operands.lhs(), copied.lhs());
        assertEquals(operands.dst(), copied.dst());
        assertEquals(operands.channelWeights(), copied.channelWeights());
    }

    @Test
    void weightsOfAnotherOperationAreRefused() {
        final String message = String.valueOf(assertThrows(IllegalStateException.class, operands::blockWeights)
                .getMessage());
        assertTrue(message.contains("BlockWeights"), message);
    }
}
