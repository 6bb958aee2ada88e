package dev.tilesmith.processor.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.processor.lower.vectorapi.BlockSource;
import dev.tilesmith.processor.lower.vectorapi.Int8Dialect;
import dev.tilesmith.processor.lower.vectorapi.Int8Source;
import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.plan.FamilyPlan;
import dev.tilesmith.processor.plan.SupportedFormats;
import dev.tilesmith.processor.program.BlockPrograms;
import dev.tilesmith.processor.program.Int4Programs;
import dev.tilesmith.processor.program.Int8Programs;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.TwoBitPrograms;
import dev.tilesmith.runtime.BlockTiles;
import dev.tilesmith.runtime.Int8Tiles;
import dev.tilesmith.spec.Format;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** The class of one family in Java that multiplies integers: a method for each tile, and one that chooses among them. */
final class IntegerFamilyType {
    private static final TypeName FLOATS = ArrayTypeName.of(TypeName.FLOAT);
    private static final ClassName SEGMENT = ClassName.get(MemorySegment.class);

    private final FamilyPlan plan;
    private final GeneratedNames names;
    private final boolean hasTable;
    private final Class<?> tiles;
    private final List<ParameterSpec> parameters;
    private final IntFunction<CodeBlock> code;

    private IntegerFamilyType(
            Declaration declaration,
            FamilyPlan plan,
            Class<?> tiles,
            List<ParameterSpec> parameters,
            IntFunction<CodeBlock> code) {
        this.plan = plan;
        this.names = new GeneratedNames(declaration.subject());
        this.hasTable = SupportedFormats.hasTable(declaration.rhs());
        this.tiles = tiles;
        this.parameters = parameters;
        this.code = code;
    }

    /** Of weights that have one scale for each channel: integers are summed over all K. */
    static IntegerFamilyType ofSums(Declaration declaration, FamilyPlan plan) {
        final List<ParameterSpec> parameters = List.of(
                value(FLOATS, "lhs"),
                value(TypeName.INT, "lhsOffset"),
                value(SEGMENT, "rhs"),
                value(TypeName.LONG, "rhsOffset"),
                value(ArrayTypeName.of(TypeName.INT), "sums"),
                value(TypeName.INT, "sumsOffset"),
                value(TypeName.INT, "k"));
        return new IntegerFamilyType(
                declaration, plan, Int8Tiles.class, parameters, mr -> addToSums(declaration, plan, mr));
    }

    private static CodeBlock addToSums(Declaration declaration, FamilyPlan plan, int mr) {
        final int vectors = plan.vectors();
        final int lanes = plan.lanes();
        final boolean bias = declaration.bias();
        final boolean clamp = declaration.clamp();
        if (SupportedFormats.hasTable(declaration.rhs())) {
            final TwoBitPrograms.Scheme scheme = TwoBitPrograms.Scheme.FLOATS;
            return new BlockSource(TwoBitPrograms.tile(scheme, mr, vectors, lanes, bias, clamp), Int8Tiles.LHS_STRIDE)
                    .addToSums();
        }
        if (declaration.rhs() == Format.QSI4CX) {
            final Int4Programs.Scales scales = Int4Programs.Scales.OF_CHANNELS;
            return new BlockSource(
                            Int4Programs.tile(Int4Programs.Scheme.FLOATS, scales, mr, vectors, lanes, bias, clamp),
                            Int8Tiles.LHS_STRIDE)
                    .addToSums();
        }
        final Program program = Int8Programs.tile(Int8Programs.Scheme.FLOATS, mr, vectors, lanes, bias, clamp);
        return new Int8Source(program, Int8Dialect.of(lanes), Int8Tiles.LHS_STRIDE).accumulate();
    }

    /** Of weights that have a scale for each block along K: scaled sums of blocks are added up. */
    static IntegerFamilyType ofBlocks(Declaration declaration, FamilyPlan plan) {
        final List<ParameterSpec> parameters = List.of(
                value(FLOATS, "lhs"),
                value(TypeName.INT, "lhsOffset"),
                value(SEGMENT, "rhs"),
                value(TypeName.LONG, "rhsOffset"),
                value(FLOATS, "totals"),
                value(TypeName.INT, "totalsOffset"),
                value(TypeName.INT, "blocks"),
                value(TypeName.INT, "blockLength"));
        return new IntegerFamilyType(declaration, plan, BlockTiles.class, parameters, mr -> new BlockSource(
                        ofBlocks(declaration, plan, mr), BlockTiles.LHS_STRIDE)
                .addToTotals());
    }

    private static Program ofBlocks(Declaration declaration, FamilyPlan plan, int mr) {
        final int vectors = plan.vectors();
        final int lanes = plan.lanes();
        final boolean bias = declaration.bias();
        final boolean clamp = declaration.clamp();
        final Int4Programs.Scheme scheme = Int4Programs.Scheme.FLOATS;
        if (declaration.rhs() == Format.QSI8D32) {
            return BlockPrograms.int8(Int8Programs.Scheme.FLOATS, mr, vectors, lanes, bias, clamp);
        }
        return declaration.lhs() == Format.QSI8D32
                ? BlockPrograms.int4(scheme, TilePrograms.hasMins(declaration), mr, vectors, lanes, bias, clamp)
                : Int4Programs.tile(scheme, TilePrograms.scales(declaration), mr, vectors, lanes, bias, clamp);
    }

    TypeSpec type() {
        final TypeSpec.Builder type = TypeSpec.classBuilder(names.family(plan.target()))
                .addAnnotation(GeneratedNames.generated())
                .addModifiers(Modifier.FINAL)
                .addSuperinterface(tiles)
                .addJavadoc(
                        "The micro-kernels of {@link $T} for $L: tiles of $L rows by $L columns.\n",
                        names.kernel(),
                        plan.target(),
                        rows(plan.mrs()),
                        plan.nr())
                .addMethod(accumulate());
        if (hasTable) {
            addTable(type);
        }
        plan.mrs().forEach(mr -> type.addMethod(tile(mr)));
        return type.build();
    }

    /** What two bits stand for is known when weights are packed: an instance is made for it. */
    private static void addTable(TypeSpec.Builder type) {
        type.addField(TypeName.INT, "table", Modifier.PRIVATE, Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder()
                        .addParameter(value(TypeName.INT, "table"))
                        .addStatement("this.table = table")
                        .build());
    }

    private static String rows(List<Integer> mrs) {
        return mrs.size() == mrs.getLast() ? "1 to " + mrs.getLast() : mrs.toString();
    }

    private MethodSpec accumulate() {
        final String arguments = parameters.stream().map(ParameterSpec::name).collect(Collectors.joining(", "));
        final CodeBlock.Builder choice = CodeBlock.builder().beginControlFlow("switch (mr)");
        for (final int mr : plan.mrs()) {
            choice.addStatement("case $1L -> tile$1Lx$2L($3L)", mr, plan.nr(), arguments);
        }
        choice.addStatement(
                "default -> throw new $T(\"mr: \" + mr + \"; there are tiles of $L rows\")",
                IllegalArgumentException.class,
                rows(plan.mrs()));
        return MethodSpec.methodBuilder("accumulate")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addParameter(value(TypeName.INT, "mr"))
                .addParameters(parameters)
                .addCode(choice.endControlFlow().build())
                .build();
    }

    private MethodSpec tile(int mr) {
        return MethodSpec.methodBuilder("tile" + mr + "x" + plan.nr())
                .addModifiers(hasTable ? List.of(Modifier.PRIVATE) : List.of(Modifier.PRIVATE, Modifier.STATIC))
                .addParameters(parameters)
                .addCode(code.apply(mr))
                .build();
    }

    private static ParameterSpec value(TypeName type, String name) {
        return ParameterSpec.builder(type, name).build();
    }
}
