package dev.tilesmith.processor.product.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import dev.tilesmith.processor.lower.vectorapi.Dialect;
import dev.tilesmith.processor.lower.vectorapi.F32FinishSource;
import dev.tilesmith.processor.lower.vectorapi.F32FinishSource.Storage;
import dev.tilesmith.processor.program.Program;
import java.lang.foreign.MemorySegment;
import javax.lang.model.element.Modifier;

/** The methods of families of floats in Java that make results of sums, one for each kind of storage. */
public final class FinishMethod {
    private static final TypeName FLOATS = ArrayTypeName.of(TypeName.FLOAT);
    private static final ClassName SEGMENT = ClassName.get(MemorySegment.class);

    private FinishMethod() {}

    /** The one that stores results so, of a program of one row. */
    public static MethodSpec of(Program program, Dialect dialect, Storage storage) {
        final boolean array = storage == Storage.ARRAY;
        final TypeName offset = array ? TypeName.INT : TypeName.LONG;
        return MethodSpec.methodBuilder("finish")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addParameter(value(TypeName.INT, "rows"))
                .addParameter(value(FLOATS, "sums"))
                .addParameter(value(TypeName.INT, "sumsOffset"))
                .addParameter(value(SEGMENT, "rhs"))
                .addParameter(value(TypeName.LONG, "metadata"))
                .addParameter(value(TypeName.BOOLEAN, "clamp"))
                .addParameter(value(TypeName.FLOAT, "clampMin"))
                .addParameter(value(TypeName.FLOAT, "clampMax"))
                .addParameter(value(array ? FLOATS : SEGMENT, "dst"))
                .addParameter(value(offset, "dstOffset"))
                .addParameter(value(offset, "dstStride"))
                .addCode(new F32FinishSource(program, dialect).finish(storage))
                .build();
    }

    private static ParameterSpec value(TypeName type, String name) {
        return ParameterSpec.builder(type, name).build();
    }
}
