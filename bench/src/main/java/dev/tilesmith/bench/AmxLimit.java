package dev.tilesmith.bench;

import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.code.TilePermission;
import dev.tilesmith.cpu.Cpu;
import dev.tilesmith.cpu.CpuFeature;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Mode;
import dev.tilesmith.processor.asm.x86.Op;
import dev.tilesmith.processor.asm.x86.TileConfiguration;
import dev.tilesmith.processor.asm.x86.Tmm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The int8 limit of a core with tile registers: two tiles of rows by two of columns, which is what eight registers have room for, so
 * four products for as many loads, all from the first-level cache. In machine code, for Java has no such instruction.
 */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AmxLimit {
    private static final int STEPS = 10_000;
    private static final int ROWS = 16;
    private static final int ROW_BYTES = 64;
    private static final int TILE_BYTES = ROWS * ROW_BYTES;

    private final NativeFunction products = placed();
    private final MemorySegment operands = Arena.ofAuto().allocate(4L * TILE_BYTES, ROW_BYTES);

    /** Whether this machine has such a limit. */
    static boolean exists() {
        final Cpu cpu = Host.current().cpu();
        return cpu.has(CpuFeature.AMX_TILE)
                && cpu.has(CpuFeature.AMX_INT8)
                && TilePermission.refusal().isEmpty()
                && LimitLoop.runs();
    }

    /** Operations of one call, a multiply-add being two. */
    static long operations() {
        return 2L * STEPS * 4 * ROWS * ROWS * ROW_BYTES;
    }

    private static NativeFunction placed() {
        TilePermission.refusal().ifPresent(refusal -> {
            throw new IllegalStateException(refusal);
        });
        return LimitLoop.of(assembled());
    }

    private static byte[] assembled() {
        final Assembler asm = new Assembler(Mode.VEX);
        final Label step = new Label("step");
        asm.emit(Op.LDTILECFG, Mem.at(asm.constant(TileConfiguration.largest().bytes(), TileConfiguration.BYTES)));
        asm.emit(Op.MOV, Gpr.RCX, new Imm(ROW_BYTES));
        asm.emit(Op.MOV, Gpr.RAX, new Imm(STEPS));
        for (int sum = 0; sum < 4; sum++) {
            asm.emit(Op.TILEZERO, new Tmm(sum));
        }
        asm.bind(step);
        load(asm, 6, 2);
        load(asm, 4, 0);
        asm.emit(Op.TDPBUSD, new Tmm(0), new Tmm(4), new Tmm(6));
        load(asm, 7, 3);
        asm.emit(Op.TDPBUSD, new Tmm(1), new Tmm(4), new Tmm(7));
        load(asm, 5, 1);
        asm.emit(Op.TDPBUSD, new Tmm(2), new Tmm(5), new Tmm(6));
        asm.emit(Op.TDPBUSD, new Tmm(3), new Tmm(5), new Tmm(7));
        asm.emit(Op.DEC, Gpr.RAX);
        asm.emit(Op.JNE, step);
        asm.emit(Op.TILERELEASE);
        asm.emit(Op.RET);
        return asm.assemble().bytes();
    }

    /** The operand that comes as the function's second argument, tile by tile. */
    private static void load(Assembler asm, int register, int tile) {
        asm.emit(Op.TILELOADD, new Tmm(register), Mem.mem(Gpr.RSI, Gpr.RCX, 1, tile * TILE_BYTES));
    }

    /** Runs all products. */
    @Benchmark
    public void run() {
        products.call(operands, operands, operands, operands);
    }
}
