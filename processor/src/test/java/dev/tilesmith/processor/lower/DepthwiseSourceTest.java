package dev.tilesmith.processor.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tilesmith.processor.lower.vectorapi.DepthwiseSource;
import dev.tilesmith.processor.lower.vectorapi.Dialect;
import dev.tilesmith.processor.lower.vectorapi.F32FinishSource;
import dev.tilesmith.processor.lower.vectorapi.F32FinishSource.Storage;
import dev.tilesmith.processor.lower.vectorapi.F32Source;
import dev.tilesmith.processor.lower.vectorapi.LhsRows;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Curve;
import dev.tilesmith.processor.program.Decoding.Stored;
import dev.tilesmith.processor.program.Epilogues;
import dev.tilesmith.processor.program.Finish;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.TileShape;
import dev.tilesmith.processor.targets.Targets;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is changed in a depthwise program changes its source, or is refused; and what multiplies matrices refuses all of it. */
final class DepthwiseSourceTest {
    static Stream<Program> programs() {
        return Stream.of(Stored.F32, Stored.F16, Stored.BF16)
                .flatMap(stored -> Stream.of(1, 8).map(lanes -> program(new TileShape(1, 2, lanes), stored)));
    }

    static Stream<Program> ofIntegers() {
        return Stream.of(1, 8).flatMap(lanes -> Stream.of(true, false).map(clamp -> ofIntegers(lanes, clamp)));
    }

    private static Program ofIntegers(int lanes, boolean clamp) {
        final TileShape shape = new TileShape(1, 2, lanes);
        final Contraction contraction = Contraction.byColumn(Product.EXACT_FMA_BY_COLUMN, Stored.INT8);
        return new Program(shape, contraction, Epilogues.requantized(shape, contraction, clamp));
    }

    private static Program program(TileShape shape, Stored stored) {
        final Contraction contraction = Contraction.byColumn(Product.FMA_BY_COLUMN, stored);
        return new Program(
                shape, contraction, Epilogues.ofFloats(shape, contraction, new Finish(true, Curve.HARD_SWISH, true)));
    }

    private static Dialect dialect(Program program) {
        return program.lanes() == 1 ? new Dialect.Scalar() : new Dialect.Vector(program.lanes() * Float.SIZE);
    }

    private static String emit(Program program) {
        final F32FinishSource finish = new F32FinishSource(program, dialect(program));
        return emitSums(program) + finish.finish(Storage.ARRAY) + finish.finish(Storage.SEGMENT);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void noChangeIsIgnored(Program program) {
        assertEquals(List.of(), Mutations.ignored(program, DepthwiseSourceTest::emit));
    }

    /** What the runtime ends sums with is no source: it bounds where it is asked to, which a program may be without. */
    @ParameterizedTest
    @MethodSource("ofIntegers")
    void ofIntegersAChangeIsRefused(Program program) {
        assertEquals(List.of(), Mutations.ignored(program, DepthwiseSourceTest::emitSums));
    }

    private static String emitSums(Program program) {
        final DepthwiseSource source = new DepthwiseSource(program, dialect(program));
        return source.unrolled(2) + source.counted().toString();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void productsInJavaRefuseIt(Program program) {
        assertThrows(IllegalArgumentException.class, () -> new F32Source(program, dialect(program), LhsRows.dense(1)));
    }

    /** A tile that each could address, of a pixel and as many columns as a vector has; what has code for it has that for two. */
    @ParameterizedTest
    @EnumSource
    void machineCodeRefusesIt(Target target) {
        if (Targets.of(target) instanceof MachineTarget machine
                && machine.productByColumn(Stored.F32).isEmpty()) {
            final Contraction contraction = Contraction.byColumn(Product.FMA_BY_COLUMN, Stored.F32);
            final int lanes = machine.registers(contraction).lanes();
            final Program program = program(new TileShape(1, 1, lanes), Stored.F32);
            assertThrows(
                    IllegalArgumentException.class, () -> machine.assemble(lanes, List.of(program), Schedule.DEFAULT));
        }
    }
}
