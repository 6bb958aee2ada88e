package dev.tilesmith.processor.asm.x86;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines of the opcode table that would be encoded as something else than they say are refused when they are read. */
final class FormRulesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '=',
            value = {
                // What was tried first for tiles, and came out without a ModRM byte.
                "VEX.128.F2.0F38.W0 49 R t : AMX_TILE = only one field of ModRM",
                "VEX.128.0F38.W0 49/0 ZO : AMX_TILE = only one field of ModRM",
                "VEX.128.F2.0F38.W0 49/11:rrr:000 ZO : AMX_TILE = only one field of ModRM",
                "VEX.128.F2.0F38.W0 49/11:000:000 R t : AMX_TILE = ModRM.reg fixed and an operand",
                "VEX.128.F2.0F38.W0 4B/11:rrr:000 RM t sibmem : AMX_TILE = ModRM.rm fixed and an operand",
                "VEX.128.F2.0F38.W0 49/12:rrr:000 R t : AMX_TILE = no opcode \"49/12:rrr:000\"",
                "VEX.F2.0F38.W0 4B RM t sibmem : AMX_TILE = tiles, which are VEX.128 alone",
                "EVEX.128.F2.0F38.W0 4B RM t sibmem : AMX_TILE = tiles, which are VEX.128 alone",
                "L FF M rm32 = only one field of ModRM",
                "L FF/8 M rm32 = no opcode \"FF/8\"",
                "L FF/0 RM r32 rm32 = ModRM.reg fixed and an operand",
                "L 50 OM r64 rm64 = only one field of ModRM",
                "L 50/0 OM r64 rm64 = a register in the opcode beside ModRM",
                "L 8B MR r32 m32 = role R for an operand that has no such place",
                "L 8B RR r32 r32 = role R twice",
                "L 8B RX r32 rm32 = role X for an operand that has no such place",
                "L 83/0 MM rm32 s8 = role M for an operand that has no such place",
                "L 83/0 MII rm32 s8 s8 = role I twice",
                "L D1/0 MI rm32 one = role I for an operand that has no such place",
                "L 05 AI r32 s32 = role A for an operand that has no such place",
                "L 8B RVM r32 r32 rm32 = vvvv, which a legacy prefix lacks",
                "L 58 RM x{k} xm32 = a mask, repeated memory or rounding, which EVEX alone has",
                "VEX.0F 58 RVM v v vm/b32 = a mask, repeated memory or rounding, which EVEX alone has",
                "VEX.0F 58 RVM v v vm{er} = a mask, repeated memory or rounding, which EVEX alone has",
                "VEX 58 RVM v v vm = the one-byte map, which no vector prefix reaches",
                "VEX.512.0F 58 RVM z z zm512 = 512 bits, which EVEX alone has",
                "VEX.128.66.0F3A.W0 4A RVMSI x x xm128 x i8 = a register and a constant in one immediate byte",
                "EVEX.128.66.0F3A.W0 4A RVMS x x xm128 x = a register in the immediate byte, which only VEX has",
                "L.128 8B RM r32 rm32 = a vector length, which a legacy prefix lacks",
                "L.0G 8B RM r32 rm32 = a field too many: 0G",
                "VEX.66.F3.0F 58 RVM v v vm = a field too many: F3",
                "L EB/0 DM rel8 rm32 = a distance beside other operands",
                "L 8B RM r32 rm32 rm32 = 3 operands; its roles want 2",
                "L 8B RM r32 /b32 = no operand \"/b32\"",
            })
    void aLineIsRefused(String line, String words) {
        final String message = assertThrows(IllegalArgumentException.class, () -> FormParser.parse(line))
                .getMessage();
        assertTrue(message.startsWith("form \"" + line + "\" has " + words), message);
    }

    @Test
    void everyLineOfTheTableKeepsToTheRules() {
        Stream.of(Op.values()).forEach(Op::forms);
    }
}
