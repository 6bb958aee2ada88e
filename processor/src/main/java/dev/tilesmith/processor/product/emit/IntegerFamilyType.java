package dev.tilesmith.processor.product.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.kernel.drive.BlockTiles;
import dev.tilesmith.kernel.drive.Int8Tiles;
import dev.tilesmith.processor.emit.GeneratedNames;
import dev.tilesmith.processor.lower.vectorapi.IntegerSource;
import dev.tilesmith.processor.lower.vectorapi.LhsRows;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;
import dev.tilesmith.processor.program.Decoding.Stored;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import javax.lang.model.element.Modifier;

/** The class of one family in Java that multiplies integers: a method for each tile, and one that chooses among them. */
final class IntegerFamilyType {
    private static final TypeName FLOATS = ArrayTypeName.of(TypeName.FLOAT);

    private final FamilyPlan plan;
    private final GeneratedNames names;
    private final boolean hasTable;
    private final Class<?> tiles;
    private final List<ParameterSpec> parameters;
    private final IntFunction<CodeBlock> code;
    private final Optional<CodeBlock> activation;

    private IntegerFamilyType(
            KernelPlan kernel,
            FamilyPlan plan,
            Class<?> tiles,
            List<ParameterSpec> parameters,
            IntFunction<CodeBlock> code,
            Optional<CodeBlock> activation) {
        this.plan = plan;
        this.names = new GeneratedNames(kernel.declaration());
        this.hasTable = plan.contraction().rhs().stored() == Stored.TWO_BITS;
        this.tiles = tiles;
        this.parameters = parameters;
        this.code = code;
        this.activation = activation;
    }

    /** Of one family. */
    static IntegerFamilyType of(KernelPlan kernel, FamilyPlan plan) {
        return plan.contraction().hasTotals() ? ofBlocks(kernel, plan) : ofSums(kernel, plan);
    }

    /** Of weights that have one scale for each channel: integers are summed over all K. */
    private static IntegerFamilyType ofSums(KernelPlan kernel, FamilyPlan plan) {
        final List<ParameterSpec> parameters = List.of(
                TileMethods.lhs(),
                TileMethods.lhsOffset(),
                TileMethods.rhs(),
                TileMethods.rhsOffset(),
                TileMethods.parameter(ArrayTypeName.of(TypeName.INT), "sums", "sums of the tile, row after row"),
                TileMethods.parameter(TypeName.INT, "sumsOffset", "where they start"),
                TileMethods.parameter(TypeName.INT, "k", "number of values along K"));
        final TilePrograms programs = new TilePrograms(kernel, plan);
        final IntFunction<IntegerSource> source =
                mr -> new IntegerSource(programs.tile(mr), LhsRows.dense(Int8Tiles.LHS_STRIDE));
        return new IntegerFamilyType(
                kernel,
                plan,
                Int8Tiles.class,
                parameters,
                mr -> source.apply(mr).addToSums(),
                source.apply(1).activate());
    }

    /** Of weights that have a scale for each block along K: scaled sums of blocks are added up. */
    private static IntegerFamilyType ofBlocks(KernelPlan kernel, FamilyPlan plan) {
        final List<ParameterSpec> parameters = List.of(
                TileMethods.lhs(),
                TileMethods.lhsOffset(),
                TileMethods.rhs(),
                TileMethods.rhsOffset(),
                TileMethods.parameter(FLOATS, "totals", "totals of the tile, row after row"),
                TileMethods.parameter(TypeName.INT, "totalsOffset", "where they start"),
                TileMethods.parameter(TypeName.INT, "blocks", "number of blocks along K"),
                TileMethods.parameter(TypeName.INT, "blockLength", "number of values of a block"));
        final TilePrograms programs = new TilePrograms(kernel, plan);
        final IntFunction<IntegerSource> source =
                mr -> new IntegerSource(programs.tile(mr), LhsRows.dense(BlockTiles.LHS_STRIDE));
        return new IntegerFamilyType(
                kernel,
                plan,
                BlockTiles.class,
                parameters,
                mr -> source.apply(mr).addToTotals(),
                source.apply(1).activate());
    }

    TypeSpec type() {
        final TypeSpec.Builder type = names.familyType(plan.name())
                .addSuperinterface(tiles)
                .addJavadoc(
                        "The micro-kernels of {@link $T} for $L: tiles of $L rows by $L columns.\n",
                        names.kernel(),
                        plan.target(),
                        TileMethods.rows(plan.mrs()),
                        plan.nr());
        if (hasTable) {
            addTable(type);
        } else {
            type.addMethod(TileMethods.constructor());
        }
        type.addMethod(TileMethods.accumulate(plan, parameters));
        plan.mrs().forEach(mr -> type.addMethod(tile(mr)));
        activation.ifPresent(applied -> type.addMethod(activate(applied)));
        return type.build();
    }

    /** What two bits stand for is known when weights are packed: an instance is made for it. */
    private static void addTable(TypeSpec.Builder type) {
        final String what = "what two bits stand for, a byte for each";
        type.addField(FieldSpec.builder(TypeName.INT, "table", Modifier.PRIVATE, Modifier.FINAL)
                        .addJavadoc("What two bits stand for, a byte for each.\n")
                        .build())
                .addMethod(MethodSpec.constructorBuilder()
                        .addJavadoc("Tiles for one table.\n")
                        .addParameter(TileMethods.parameter(TypeName.INT, "table", what))
                        .addStatement("this.table = table")
                        .build());
    }

    private static MethodSpec activate(CodeBlock applied) {
        return MethodSpec.methodBuilder("activate")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addParameter(ParameterSpec.builder(FLOATS, "results").build())
                .addCode(applied)
                .build();
    }

    private MethodSpec tile(int mr) {
        return TileMethods.tile(mr, plan.nr())
                .addModifiers(hasTable ? List.of(Modifier.PRIVATE) : List.of(Modifier.PRIVATE, Modifier.STATIC))
                .addParameters(parameters)
                .addCode(code.apply(mr))
                .build();
    }
}
