package dev.tilesmith.processor.asm.aarch64;

/** What an instruction works on. */
public sealed interface Operand
        permits Register,
                Element,
                RegisterList,
                TileSlice,
                TileGroup,
                ZaVectors,
                Mem,
                Imm,
                FloatImm,
                Modifier,
                Label,
                Condition,
                Count,
                Prefetch,
                SystemRegister,
                Word {
    /** The operand as assemblers read it. */
    String text();
}
