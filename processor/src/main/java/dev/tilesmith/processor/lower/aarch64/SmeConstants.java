package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADR;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1RW;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ALL;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.SCRATCH;

import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.RegisterList;
import dev.tilesmith.processor.asm.aarch64.Z;
import dev.tilesmith.processor.program.Epilogue;
import dev.tilesmith.processor.program.Op;
import java.util.List;
import java.util.stream.Stream;

/** Constants of an epilogue in a table behind the code, to which the scratch register points while a row is finished. */
final class SmeConstants {
    private final Assembler asm;
    private final List<Float> values;

    /** Those of {@code epilogue}. */
    SmeConstants(Assembler asm, Epilogue epilogue) {
        this.asm = asm;
        this.values =
                epilogue.ops().stream().flatMap(SmeConstants::of).distinct().toList();
    }

    private static Stream<Float> of(Op op) {
        return switch (op) {
            case Op.Constant constant -> Stream.of(constant.value());
            case Op.AtLeast least -> Stream.of(least.bound());
            case Op.AtMost most -> Stream.of(most.bound());
            case Op.Computing _, Op.Bounding _, Op.Storing _ -> Stream.empty();
        };
    }

    /** Sets the pointer. */
    void begin() {
        if (!values.isEmpty()) {
            final float[] table = new float[values.size()];
            for (int i = 0; i < table.length; i++) {
                table[i] = values.get(i);
            }
            asm.emit(ADR, SCRATCH, asm.constant(table, Float.BYTES));
        }
    }

    /** Sets all lanes of a register. */
    void set(Z to, float value) {
        asm.emit(
                LD1RW,
                RegisterList.list(to, 1),
                ALL.zeroing(),
                Mem.at(SCRATCH, values.indexOf(value) * (long) Float.BYTES));
    }
}
