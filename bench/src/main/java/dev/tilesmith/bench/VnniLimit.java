package dev.tilesmith.bench;

import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.cpu.Cpu;
import dev.tilesmith.cpu.CpuFeature;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mode;
import dev.tilesmith.processor.asm.x86.Op;
import dev.tilesmith.processor.asm.x86.Vec;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The int8 limit of a core: as many independent chains of {@code vpdpbusd} on the widest vectors as its units can
 * overlap, and no memory. In machine code, for Java has no such instruction; 12 chains, as in {@link FmaLimit}.
 */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class VnniLimit {
    private static final int CHAINS = 12;
    private static final int STEPS = 10_000;
    private static final Vec LEFT = Vec.zmm(CHAINS);
    private static final Vec RIGHT = Vec.zmm(CHAINS + 1);

    private final NativeFunction chains = LimitLoop.of(assembled(bits()));

    /** Bits of the vectors that this CPU multiplies so; 0 if it cannot. */
    private static int bits() {
        final Cpu cpu = Host.current().cpu();
        if (cpu.has(CpuFeature.AVX512_VNNI)) {
            return 512;
        }
        return cpu.has(CpuFeature.AVX_VNNI) ? 256 : 0;
    }

    /** Whether this machine has such a limit. */
    static boolean exists() {
        return bits() > 0 && LimitLoop.runs();
    }

    /** Operations of one call, a multiply-add being two. */
    static long operations() {
        return 2L * STEPS * CHAINS * bits() / Byte.SIZE;
    }

    private static byte[] assembled(int bits) {
        final Assembler asm = new Assembler(bits == 512 ? Mode.EVEX : Mode.VEX);
        final Label step = new Label("step");
        for (int register = 0; register < CHAINS + 2; register++) {
            final Vec vector = Vec.ymm(register);
            asm.emit(Op.VPXOR, vector, vector, vector);
        }
        asm.emit(Op.MOV, Gpr.RAX, new Imm(STEPS));
        asm.bind(step);
        for (int chain = 0; chain < CHAINS; chain++) {
            asm.emit(Op.VPDPBUSD, Vec.zmm(chain).as(bits), LEFT.as(bits), RIGHT.as(bits));
        }
        asm.emit(Op.DEC, Gpr.RAX);
        asm.emit(Op.JNE, step);
        asm.emit(Op.VZEROUPPER);
        asm.emit(Op.RET);
        return asm.assemble().bytes();
    }

    /** Runs all chains. */
    @Benchmark
    public void run() {
        chains.call(MemorySegment.NULL, MemorySegment.NULL, MemorySegment.NULL, MemorySegment.NULL);
    }
}
