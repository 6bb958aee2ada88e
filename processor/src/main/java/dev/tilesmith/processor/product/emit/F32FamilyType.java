package dev.tilesmith.processor.product.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.kernel.drive.F32Tiles;
import dev.tilesmith.processor.emit.GeneratedNames;
import dev.tilesmith.processor.lower.vectorapi.Dialect;
import dev.tilesmith.processor.lower.vectorapi.F32FinishSource.Storage;
import dev.tilesmith.processor.lower.vectorapi.F32Source;
import dev.tilesmith.processor.lower.vectorapi.LhsRows;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;
import java.util.List;
import javax.lang.model.element.Modifier;

/** The class of one f32 family in Java: a method for each tile, and one to finish rows for each kind of storage. */
final class F32FamilyType {
    private static final TypeName FLOATS = ArrayTypeName.of(TypeName.FLOAT);

    private final FamilyPlan plan;
    private final TilePrograms programs;
    private final GeneratedNames names;
    private final Dialect dialect;

    F32FamilyType(KernelPlan kernel, FamilyPlan plan) {
        this.plan = plan;
        this.programs = new TilePrograms(kernel, plan);
        this.names = new GeneratedNames(kernel.declaration());
        this.dialect = plan.lanes() == 1 ? new Dialect.Scalar() : new Dialect.Vector(plan.lanes() * Float.SIZE);
    }

    TypeSpec type() {
        final TypeSpec.Builder type = names.familyType(plan.name())
                .addSuperinterface(F32Tiles.class)
                .addJavadoc(
                        "The micro-kernels of {@link $T} for $L: tiles of $L rows by $L columns.\n",
                        names.kernel(),
                        plan.target(),
                        TileMethods.rows(plan.mrs()),
                        plan.nr())
                .addMethod(TileMethods.constructor())
                .addMethod(TileMethods.accumulate(plan, tileParameters()));
        plan.mrs().forEach(mr -> type.addMethod(tile(mr)));
        return type.addMethod(finish(Storage.ARRAY))
                .addMethod(finish(Storage.SEGMENT))
                .build();
    }

    private MethodSpec tile(int mr) {
        return TileMethods.tile(mr, plan.nr())
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameters(tileParameters())
                .addCode(new F32Source(programs.tile(mr), dialect, LhsRows.dense(F32Tiles.LHS_STRIDE)).accumulate())
                .build();
    }

    private MethodSpec finish(Storage storage) {
        return FinishMethod.of(programs.tile(1), dialect, storage);
    }

    private static List<ParameterSpec> tileParameters() {
        return List.of(
                TileMethods.lhs(),
                TileMethods.lhsOffset(),
                TileMethods.rhs(),
                TileMethods.rhsOffset(),
                TileMethods.parameter(FLOATS, "sums", "sums of the tile, row after row"),
                TileMethods.parameter(TypeName.INT, "sumsOffset", "where they start"),
                TileMethods.parameter(TypeName.INT, "k", "number of values along K"));
    }
}
