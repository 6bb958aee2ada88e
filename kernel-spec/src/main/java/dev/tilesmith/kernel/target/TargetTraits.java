package dev.tilesmith.kernel.target;

import static dev.tilesmith.cpu.Architecture.AARCH64;
import static dev.tilesmith.cpu.Architecture.X86_64;

import dev.tilesmith.cpu.Architecture;
import dev.tilesmith.cpu.CpuFeature;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.stream.Stream;

/** What each target is where kernels run: what it asks for, and what its code is given. The one place that says so. */
public sealed interface TargetTraits {
    /** Plain Java. */
    record Scalar() implements TargetTraits {
        private static final Scalar ALL = new Scalar();

        @Override
        public RowGroups rowGroups() {
            return RowGroups.SINGLE;
        }
    }

    /**
     * Java with the Vector API.
     *
     * @param bits of a vector
     */
    record Vectors(int bits) implements TargetTraits {
        private static final Vectors OF_128 = new Vectors(128);
        private static final Vectors OF_256 = new Vectors(256);
        private static final Vectors OF_512 = new Vectors(512);

        @Override
        public RowGroups rowGroups() {
            return RowGroups.SINGLE;
        }
    }

    /**
     * Machine code.
     *
     * @param architecture of the CPU
     * @param features what all of its code needs of a CPU
     * @param forIntegers what code needs besides that multiplies integers
     * @param forHalves what code needs besides that widens weights in binary16
     * @param forBlocks what code needs besides for weights with scales for blocks
     * @param pairs how it multiplies values of BF16 in pairs
     * @param rowGroups which rows it takes together
     * @param lookups what it makes of weights that it looks up in a table
     */
    record MachineCode(
            Architecture architecture,
            List<CpuFeature> features,
            List<CpuFeature> forIntegers,
            List<CpuFeature> forHalves,
            List<CpuFeature> forBlocks,
            PairProduct pairs,
            RowGroups rowGroups,
            Lookups lookups)
            implements TargetTraits {
        private static final MachineCode AVX2 = avx2(List.of());
        private static final MachineCode AVX_VNNI = avx2(List.of(CpuFeature.AVX_VNNI));
        private static final MachineCode AVX512 = avx512(PairProduct.NONE, RowGroups.SINGLE, CpuFeature.AVX2);
        private static final MachineCode AVX512_VNNI =
                avx512(PairProduct.NONE, RowGroups.SINGLE, CpuFeature.AVX2, CpuFeature.AVX512_VNNI);
        private static final MachineCode AVX512_BF16 = avx512(PairProduct.OF_VECTORS, RowGroups.SINGLE);
        private static final MachineCode AMX = avx512(
                PairProduct.OF_TILES,
                RowGroups.ROUNDED_UP,
                CpuFeature.AVX2,
                CpuFeature.AVX512_VNNI,
                CpuFeature.AMX_TILE,
                CpuFeature.AMX_INT8);
        private static final MachineCode NEON_DOTPROD =
                arm(PairProduct.NONE, RowGroups.SINGLE, List.of(), CpuFeature.DOTPROD);
        private static final MachineCode NEON_I8MM = arm(PairProduct.NONE, RowGroups.PAIRS, List.of(), CpuFeature.I8MM);
        private static final MachineCode NEON_BF16 = arm(PairProduct.OF_BLOCKS, RowGroups.PAIRS, List.of());
        private static final MachineCode SME = arm(PairProduct.OUTER, RowGroups.TILES, List.of(CpuFeature.SME));
        private static final MachineCode SME2 =
                arm(PairProduct.OUTER, RowGroups.TILES, List.of(CpuFeature.SME, CpuFeature.SME2));

        /** Scales in binary16 are converted by F16C. */
        private static MachineCode avx2(List<CpuFeature> forIntegers) {
            return new MachineCode(
                    X86_64,
                    List.of(CpuFeature.AVX, CpuFeature.AVX2, CpuFeature.FMA),
                    forIntegers,
                    List.of(CpuFeature.F16C),
                    List.of(CpuFeature.F16C),
                    PairProduct.NONE,
                    RowGroups.SINGLE,
                    Lookups.UNSIGNED);
        }

        /** What is narrower than its vectors, or masks, is done by instructions that CPUs had before AVX-512. */
        private static MachineCode avx512(PairProduct pairs, RowGroups rowGroups, CpuFeature... forIntegers) {
            return new MachineCode(
                    X86_64,
                    List.of(CpuFeature.AVX, CpuFeature.BMI2, CpuFeature.AVX512),
                    List.of(forIntegers),
                    List.of(),
                    List.of(CpuFeature.F16C),
                    pairs,
                    rowGroups,
                    Lookups.UNSIGNED);
        }

        private static MachineCode arm(
                PairProduct pairs, RowGroups rowGroups, List<CpuFeature> more, CpuFeature... forIntegers) {
            return new MachineCode(
                    AARCH64,
                    Stream.concat(Stream.of(CpuFeature.NEON), more.stream()).toList(),
                    List.of(forIntegers),
                    List.of(),
                    List.of(),
                    pairs,
                    rowGroups,
                    Lookups.SIGNED);
        }

        @Override
        public String toString() {
            return architecture + " " + features;
        }
    }

    /** What becomes of weights that are looked up in a table. */
    enum Lookups {
        /** What the bits stand for, less the smallest: sums begin with what takes that off again. */
        UNSIGNED,
        /** What the bits stand for. */
        SIGNED
    }

    /** Those of a target. */
    static TargetTraits of(Target target) {
        return switch (target) {
            case SCALAR -> Scalar.ALL;
            case VECTOR_128 -> Vectors.OF_128;
            case VECTOR_256 -> Vectors.OF_256;
            case VECTOR_512 -> Vectors.OF_512;
            case AVX2 -> MachineCode.AVX2;
            case AVX_VNNI -> MachineCode.AVX_VNNI;
            case AVX512 -> MachineCode.AVX512;
            case AVX512_VNNI -> MachineCode.AVX512_VNNI;
            case AVX512_BF16 -> MachineCode.AVX512_BF16;
            case AMX -> MachineCode.AMX;
            case NEON_DOTPROD -> MachineCode.NEON_DOTPROD;
            case NEON_I8MM -> MachineCode.NEON_I8MM;
            case NEON_BF16 -> MachineCode.NEON_BF16;
            case SME -> MachineCode.SME;
            case SME2 -> MachineCode.SME2;
        };
    }

    /** Which rows of the left operand its code takes together. */
    RowGroups rowGroups();

    /** How it multiplies values of BF16 in pairs, as they are. */
    default PairProduct pairs() {
        return PairProduct.NONE;
    }

    /** The same of a target. */
    static RowGroups rowGroups(Target target) {
        return of(target).rowGroups();
    }
}
