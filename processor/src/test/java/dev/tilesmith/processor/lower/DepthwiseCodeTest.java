package dev.tilesmith.processor.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.processor.lower.x86.X86Target;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Curve;
import dev.tilesmith.processor.program.Decoding.Stored;
import dev.tilesmith.processor.program.Epilogues;
import dev.tilesmith.processor.program.Finish;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.TileShape;
import dev.tilesmith.spec.Schedule;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is changed in a depthwise program changes its machine code, or is refused. */
final class DepthwiseCodeTest {
    private static final Contraction CONTRACTION = Contraction.byColumn(Product.DOT_OF_FOUR_BY_COLUMN, Stored.INT8);

    /** A program that there is machine code for. */
    static Program program(boolean clamp) {
        final TileShape shape = new TileShape(1, 4, 16);
        return new Program(shape, CONTRACTION, Epilogues.requantized(shape, CONTRACTION, clamp));
    }

    /** A program of floats that there is machine code for, of so many pixels. */
    static Program floats(int pixels, Curve curve) {
        final TileShape shape = new TileShape(pixels, 1, 16);
        final Contraction contraction = Contraction.byColumn(Product.FMA_BY_COLUMN, Stored.F32);
        return new Program(shape, contraction, Epilogues.ofFloats(shape, contraction, new Finish(true, curve, true)));
    }

    /** Of bytes and of floats, with all that a declaration may say of results. */
    static Stream<Program> programs() {
        return Stream.of(
                program(true),
                program(false),
                floats(1, Curve.IDENTITY),
                floats(7, Curve.SILU),
                floats(14, Curve.GELU));
    }

    private static String emit(Program program) {
        return HexFormat.of()
                .formatHex(X86Target.AVX512_VNNI
                        .assemble(program.nr(), List.of(program), Schedule.DEFAULT)
                        .bytes());
    }

    @ParameterizedTest
    @MethodSource("programs")
    void noChangeIsIgnored(Program program) {
        assertEquals(List.of(), Mutations.ignored(program, DepthwiseCodeTest::emit));
    }

    @ParameterizedTest
    @EnumSource(
            value = X86Target.class,
            names = {"AVX2", "AVX_VNNI", "AVX512"})
    void othersRefuseIt(X86Target target) {
        assertThrows(
                IllegalArgumentException.class, () -> target.assemble(64, List.of(program(true)), Schedule.DEFAULT));
        assertThrows(
                IllegalArgumentException.class,
                () -> target.assemble(16, List.of(floats(1, Curve.IDENTITY)), Schedule.DEFAULT));
        assertThrows(IllegalArgumentException.class, () -> target.lines(CONTRACTION));
    }

    /** Lines are laid for what multiplies groups of four bytes, and for nothing else. */
    @Test
    void linesAreOfTheContraction() {
        assertTrue(X86Target.AVX512_VNNI.lines(CONTRACTION).bytes().length > 0);
        final Contraction product = Contraction.int8(Product.DOT_OF_FOUR);
        assertThrows(IllegalArgumentException.class, () -> X86Target.AVX512_VNNI.lines(product));
    }
}
