package dev.tilesmith.processor.emit;

import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.plan.FamilyPlan;
import dev.tilesmith.processor.plan.RegisterModel;
import dev.tilesmith.processor.plan.SupportedFormats;
import dev.tilesmith.processor.program.BlockPrograms;
import dev.tilesmith.processor.program.F32Programs;
import dev.tilesmith.processor.program.Int4Programs;
import dev.tilesmith.processor.program.Int8Programs;
import dev.tilesmith.processor.program.Int8Programs.Scheme;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.StaticInt8Programs;
import dev.tilesmith.processor.program.TwoBitPrograms;
import dev.tilesmith.spec.Format;
import java.util.List;
import java.util.stream.IntStream;

/** The programs of one family in machine code, as its target wants them. */
final class TilePrograms {
    private final Declaration declaration;
    private final FamilyPlan plan;

    TilePrograms(Declaration declaration, FamilyPlan plan) {
        this.declaration = declaration;
        this.plan = plan;
    }

    /** The tiles, for the last columns of a result narrower ones, and for few rows wider ones. */
    List<Program> ofEveryWidth() {
        return plan.mrs().stream()
                .flatMap(mr -> IntStream.rangeClosed(1, plan.vectors() * panelsAtOnce(mr))
                        .mapToObj(vectors -> tile(mr, vectors)))
                .toList();
    }

    private int panelsAtOnce(int mr) {
        return declaration.lhs() == Format.F32 ? RegisterModel.of(plan.target()).panelsAtOnce(mr, plan.nr()) : 1;
    }

    /** The tiles. */
    List<Program> ofFullWidth() {
        return plan.mrs().stream().map(mr -> tile(mr, plan.vectors())).toList();
    }

    /**
     * Outer products of two vectors of rows by two of columns, and of one by four; where blocks have totals beside their
     * sums, of one by two.
     */
    List<Program> outer() {
        if (SupportedFormats.hasBlocks(declaration.rhs())) {
            return List.of(outer(1, 2));
        }
        return List.of(outer(2, 2), outer(1, 4));
    }

    /** One row by four vectors of columns. */
    Program row() {
        return tile(1, 4);
    }

    private Program outer(int rowVectors, int vectors) {
        final boolean bias = declaration.bias();
        final boolean clamp = declaration.clamp();
        final int lanes = plan.lanes();
        return switch (declaration.lhs()) {
            case F32 -> F32Programs.outer(rowVectors, vectors, lanes, bias, clamp);
            case QAI8DX -> dynamicOuter(rowVectors, vectors);
            case QSI8D32 ->
                declaration.rhs() == Format.QSI8D32
                        ? BlockPrograms.outerInt8(rowVectors, vectors, lanes, bias, clamp)
                        : BlockPrograms.outerInt4(hasMins(declaration), rowVectors, vectors, lanes, bias, clamp);
            case QAI8 ->
                SupportedFormats.isInt4(declaration.rhs())
                        ? StaticInt8Programs.int4Outer(rowVectors, vectors, lanes, clamp)
                        : StaticInt8Programs.outer(rowVectors, vectors, lanes, declaration.dst() == Format.QAI8, clamp);
            default -> throw new IllegalArgumentException("lhs: " + declaration.lhs() + " has no machine code");
        };
    }

    /** Outer products of rows that are quantized as they come. */
    private Program dynamicOuter(int rowVectors, int vectors) {
        final int lanes = plan.lanes();
        final boolean bias = declaration.bias();
        final boolean clamp = declaration.clamp();
        if (SupportedFormats.hasTable(declaration.rhs())) {
            return TwoBitPrograms.outer(rowVectors, vectors, lanes, bias, clamp);
        }
        return SupportedFormats.isInt4(declaration.rhs())
                ? Int4Programs.outer(scales(declaration), rowVectors, vectors, lanes, bias, clamp)
                : Int8Programs.outer(rowVectors, vectors, lanes, bias, clamp);
    }

    private Program tile(int mr, int vectors) {
        final int lanes = plan.lanes();
        final boolean bias = declaration.bias();
        final boolean clamp = declaration.clamp();
        return switch (declaration.lhs()) {
            case F32 -> F32Programs.tile(mr, vectors, lanes, bias, clamp);
            case QAI8DX -> dynamic(mr, vectors);
            case QSI8D32 -> ofPairs(mr, vectors);
            case QAI8 -> fixed(mr, vectors);
            default -> throw new IllegalArgumentException("lhs: " + declaration.lhs() + " has no machine code");
        };
    }

    /** Of rows and weights in blocks. */
    private Program ofPairs(int mr, int vectors) {
        final int lanes = plan.lanes();
        final boolean bias = declaration.bias();
        final boolean clamp = declaration.clamp();
        return declaration.rhs() == Format.QSI8D32
                ? BlockPrograms.int8(scheme(), mr, vectors, lanes, bias, clamp)
                : BlockPrograms.int4(int4Scheme(), hasMins(declaration), mr, vectors, lanes, bias, clamp);
    }

    /** Of rows that are quantized as they come. */
    private Program dynamic(int mr, int vectors) {
        final int lanes = plan.lanes();
        final boolean bias = declaration.bias();
        final boolean clamp = declaration.clamp();
        if (SupportedFormats.hasTable(declaration.rhs())) {
            return TwoBitPrograms.tile(twoBitScheme(), mr, vectors, lanes, bias, clamp);
        }
        return SupportedFormats.isInt4(declaration.rhs())
                ? Int4Programs.tile(int4Scheme(), scales(declaration), mr, vectors, lanes, bias, clamp)
                : Int8Programs.tile(scheme(), mr, vectors, lanes, bias, clamp);
    }

    /** Of rows that were quantized before. */
    private Program fixed(int mr, int vectors) {
        final boolean requantized = declaration.dst() == Format.QAI8;
        final boolean clamp = declaration.clamp();
        return SupportedFormats.isInt4(declaration.rhs())
                ? StaticInt8Programs.int4(int4Scheme(), mr, vectors, plan.lanes(), clamp)
                : StaticInt8Programs.tile(scheme(), mr, vectors, plan.lanes(), requantized, clamp);
    }

    /** Whether blocks of weights have minima. */
    static boolean hasMins(Declaration declaration) {
        return declaration.rhs() == Format.QAI4C32;
    }

    /** What has scales, of weights of four bits. */
    static Int4Programs.Scales scales(Declaration declaration) {
        if (declaration.rhs() == Format.QSI4CX) {
            return Int4Programs.Scales.OF_CHANNELS;
        }
        return declaration.scales() == Format.BF16
                ? Int4Programs.Scales.BF16_OF_BLOCKS
                : Int4Programs.Scales.F32_OF_BLOCKS;
    }

    /** Whether weights of eight bits are made unsigned as they are loaded, where rows are in blocks. */
    boolean offsetsWeights() {
        return scheme() == Scheme.QUADS;
    }

    /** Whether what sums begin with takes the offset off weights of four bits. */
    boolean beginsWithOffset() {
        return int4Scheme() != Int4Programs.Scheme.SIGNED_QUADS;
    }

    private Int4Programs.Scheme int4Scheme() {
        return switch (plan.target()) {
            case AVX2, AVX512 -> Int4Programs.Scheme.PAIRED_QUADS;
            case NEON_I8MM -> Int4Programs.Scheme.BLOCKS;
            case SME, SME2 -> Int4Programs.Scheme.SIGNED_QUADS;
            default -> Int4Programs.Scheme.QUADS;
        };
    }

    private TwoBitPrograms.Scheme twoBitScheme() {
        return switch (plan.target()) {
            case AVX2, AVX512 -> TwoBitPrograms.Scheme.PAIRED_QUADS;
            case NEON_DOTPROD -> TwoBitPrograms.Scheme.SIGNED_QUADS;
            case NEON_I8MM -> TwoBitPrograms.Scheme.BLOCKS;
            case SME, SME2 -> TwoBitPrograms.Scheme.SIGNED_BYTES;
            default -> TwoBitPrograms.Scheme.QUADS;
        };
    }

    private Scheme scheme() {
        return switch (plan.target()) {
            case AVX2, AVX512 -> Scheme.PAIRS;
            case AVX_VNNI, AVX512_VNNI -> Scheme.QUADS;
            case NEON_I8MM -> Scheme.BLOCKS;
            default -> Scheme.SIGNED_QUADS;
        };
    }
}
