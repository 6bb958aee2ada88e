package dev.tilesmith.processor.operation.depthwise;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.kernel.drive.DepthwiseTiles;
import dev.tilesmith.kernel.drive.F32DepthwiseTiles;
import dev.tilesmith.processor.emit.GeneratedNames;
import dev.tilesmith.processor.lower.vectorapi.DepthwiseSource;
import dev.tilesmith.processor.lower.vectorapi.Dialect;
import dev.tilesmith.processor.lower.vectorapi.F32FinishSource.Storage;
import dev.tilesmith.processor.product.emit.FinishMethod;
import dev.tilesmith.processor.product.emit.TilePrograms;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;
import dev.tilesmith.processor.program.Program;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * The class of one family: a method for each number of taps whose filters registers hold, one for any other; and of floats one to
 * finish sums for each kind of storage.
 */
final class DepthwiseFamilyType {
    private static final TypeName FLOATS = ArrayTypeName.of(TypeName.FLOAT);
    private static final ParameterSpec TAPS = parameter(TypeName.INT, "taps", "how many there are");
    private static final List<ParameterSpec> OF_PIXELS = List.of(
            parameter(TypeName.INT, "pixels", "how many"),
            parameter(FLOATS, "src", "pixels of images"),
            parameter(ArrayTypeName.of(TypeName.INT), "tapAt", "where each tap of the first pixel is"),
            parameter(TypeName.INT, "offset", "what is added to that"),
            parameter(TypeName.INT, "stride", "floats from one pixel to the next"),
            parameter(TypeName.get(MemorySegment.class), "rhs", "packed filters"),
            parameter(TypeName.LONG, "rhsOffset", "byte at which the panel's values start"),
            parameter(FLOATS, "sums", "sums of the pixels, one after the other"));

    private final FamilyPlan plan;
    private final GeneratedNames names;
    private final Program program;
    private final Dialect dialect;
    private final DepthwiseSource source;

    DepthwiseFamilyType(KernelPlan kernel, FamilyPlan plan) {
        this.plan = plan;
        this.names = new GeneratedNames(kernel.declaration());
        this.program = new TilePrograms(kernel, plan).tile(1);
        this.dialect = plan.lanes() == 1 ? new Dialect.Scalar() : new Dialect.Vector(plan.lanes() * Float.SIZE);
        this.source = new DepthwiseSource(program, dialect);
    }

    private static ParameterSpec parameter(TypeName type, String name, String what) {
        return ParameterSpec.builder(type, name).addJavadoc("$L\n", what).build();
    }

    TypeSpec type() {
        final TypeSpec.Builder type = names.familyType(plan.name())
                .addSuperinterface(finishes() ? F32DepthwiseTiles.class : DepthwiseTiles.class)
                .addJavadoc(
                        "The micro-kernels of {@link $T} for $L: $L channels of a pixel, by 1 to $L taps and by any number.\n",
                        names.kernel(),
                        plan.target(),
                        plan.nr(),
                        DepthwisePlanner.UNROLLED)
                .addMethod(MethodSpec.constructorBuilder()
                        .addJavadoc("Tiles without a state.\n")
                        .build())
                .addMethod(accumulate());
        numbers().forEach(taps -> type.addMethod(unrolled(taps)));
        type.addMethod(counted());
        if (finishes()) {
            type.addMethod(FinishMethod.of(program, dialect, Storage.ARRAY))
                    .addMethod(FinishMethod.of(program, dialect, Storage.SEGMENT));
        }
        return type.build();
    }

    /** Whether its code makes results of sums; of int8 the runtime does. */
    private boolean finishes() {
        return program.contraction().rhs().stored().isFloat();
    }

    private static IntStream numbers() {
        return IntStream.rangeClosed(1, DepthwisePlanner.UNROLLED);
    }

    /** The method that chooses by the number of taps. */
    private static MethodSpec accumulate() {
        final CodeBlock.Builder choice = CodeBlock.builder().beginControlFlow("switch (taps)");
        numbers().forEach(taps -> choice.addStatement("case $1L -> taps$1L($2L)", taps, arguments(OF_PIXELS)));
        choice.addStatement("default -> tapsOfAnyNumber($L)", arguments(all())).endControlFlow();
        return MethodSpec.methodBuilder("accumulate")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addParameters(all().stream()
                        .map(parameter -> ParameterSpec.builder(parameter.type(), parameter.name())
                                .build())
                        .toList())
                .addCode(choice.build())
                .build();
    }

    private static List<ParameterSpec> all() {
        return Stream.concat(Stream.of(TAPS), OF_PIXELS.stream()).toList();
    }

    private static String arguments(List<ParameterSpec> parameters) {
        return parameters.stream().map(ParameterSpec::name).collect(Collectors.joining(", "));
    }

    private MethodSpec unrolled(int taps) {
        return method("taps" + taps, taps == 1 ? "Sums of 1 tap.\n" : "Sums of " + taps + " taps.\n")
                .addParameters(OF_PIXELS)
                .addCode(source.unrolled(taps))
                .build();
    }

    private MethodSpec counted() {
        return method("tapsOfAnyNumber", "Sums of any number of taps.\n")
                .addParameters(all())
                .addCode(source.counted())
                .build();
    }

    private static MethodSpec.Builder method(String name, String what) {
        return MethodSpec.methodBuilder(name).addJavadoc(what).addModifiers(Modifier.PRIVATE, Modifier.STATIC);
    }
}
