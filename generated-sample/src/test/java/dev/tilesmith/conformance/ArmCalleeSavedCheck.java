package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.code.CodeMemory;
import dev.tilesmith.code.CodeRefusedException;
import dev.tilesmith.code.NativeFunction;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What machine code for 64-bit Arm must keep is watched: runs on Arm JVMs, in executions of their own. */
final class ArmCalleeSavedCheck {
    private static final int RET = 0xd65f03c0;

    /**
     * Instructions that each change one register.
     *
     * @param register the name
     * @param word the instruction
     */
    record Disturbance(String register, int word) {
        @Override
        public String toString() {
            return register;
        }
    }

    /** {@code mov xN, xzr} and {@code fmov dN, xzr}. */
    static Stream<Disturbance> disturbances() {
        return Stream.of(
                        IntStream.rangeClosed(19, 29).mapToObj(i -> new Disturbance("x" + i, 0xaa1f03e0 | i)),
                        IntStream.rangeClosed(8, 15).mapToObj(i -> new Disturbance("d" + i, 0x9e6703e0 | i)))
                .flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("disturbances")
    void aCalleeThatLosesARegisterIsCaught(Disturbance disturbance) throws CodeRefusedException {
        assertEquals(List.of(disturbance.register()), lost(disturbance.word(), RET));
    }

    @Test
    void aCalleeThatChangesRoundingIsCaught() throws CodeRefusedException {
        final int roundTowardsZero = 0xd2a01800; // mov x0, 0xc00000
        final int setFpcr = 0xd51b4400; // msr fpcr, x0
        assertEquals(List.of("fpcr"), lost(roundTowardsZero, setFpcr, RET));
    }

    @Test
    void aCalleeThatKeepsAllIsFoundToKeepAll() throws CodeRefusedException {
        assertEquals(List.of(), lost(RET));
    }

    private static List<String> lost(int... callee) throws CodeRefusedException {
        return new ArmCanaryCaller()
                .lost(
                        NativeFunction.place(ArmCanaryCaller.bytes(callee), CodeMemory.ofSystem()),
                        MemorySegment.NULL,
                        MemorySegment.NULL);
    }
}
