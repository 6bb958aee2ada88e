package dev.tilesmith.fuzz;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.conformance.Element;
import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** What is a finding, and what is none. */
final class OracleTest {
    private final Oracle oracle = new Oracle();

    private void assertFound(String part, Oracle.Call call) {
        final Finding finding = assertThrows(Finding.class, () -> oracle.judge(call));
        assertTrue(finding.getMessage().contains(part), finding.getMessage());
    }

    private static Oracle.Call refusal(String message) {
        return () -> {
            throw new IllegalArgumentException(message);
        };
    }

    @Test
    void aRefusalNamesTheFaultAndItsValue() {
        oracle.fault("threads", 0);
        oracle.judge(refusal("threads: 0; expected 1 or more"));
        assertFound("refused: 'threads: too few'", refusal("threads: too few"));
        assertFound("refused: 'executor: 0'", refusal("executor: 0"));
        assertFound("refused: 'null'", refusal(null));
    }

    @Test
    void whatIsWrongIsNotTaken() {
        oracle.fault("threads", 0);
        assertFound("taken", () -> {});
    }

    @Test
    void whatIsRightIsNotRefused() {
        oracle.judge(() -> {});
        assertFound("refused: 'threads: 1'", refusal("threads: 1"));
    }

    @Test
    void whatIsInDoubtIsTakenOrRefused() {
        oracle.doubt("arena", "heap");
        oracle.judge(() -> {});
        oracle.judge(refusal("arena: memory on the heap"));
        assertFound("refused: 'arena: closed'", refusal("arena: closed"));
    }

    @Test
    void anotherExceptionIsAFinding() {
        oracle.fault("k", 0);
        assertFound("ArithmeticException", () -> {
            throw new ArithmeticException("/ by zero");
        });
    }

    @Test
    void aRefusalLeavesResultsAsTheyWere() {
        final float[] data = new float[4];
        oracle.fault("rows", 9);
        oracle.watch("dst", new Operand(Element.F32, MemorySegment.ofArray(data), 0, 8, () -> Matrix.of(data, 2, 2)));
        oracle.judge(refusal("rows: 9 from 0"));
        assertFound("dst was changed", () -> {
            data[3] = 1f;
            throw new IllegalArgumentException("rows: 9 from 0");
        });
    }
}
