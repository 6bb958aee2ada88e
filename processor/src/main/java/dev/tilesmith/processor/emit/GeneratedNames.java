package dev.tilesmith.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.processor.model.Declared;
import dev.tilesmith.processor.model.FamilyName;
import dev.tilesmith.processor.model.Scope;
import dev.tilesmith.processor.model.Subject;
import dev.tilesmith.processor.model.TypeNames;
import java.util.Arrays;
import javax.lang.model.element.Modifier;

/** Names of generated types, and the mark they carry. */
public final class GeneratedNames {
    private final Subject subject;
    private final Scope scope;
    private final TypeNames names;

    /** Those of what is generated for a declaration. */
    public GeneratedNames(Declared declaration) {
        this.subject = declaration.subject();
        this.scope = declaration.scope();
        this.names = new TypeNames(subject);
    }

    /** The declared interface. */
    public ClassName kernel() {
        final String[] simple = subject.name().split("\\.", -1);
        return ClassName.get(subject.packageName(), simple[0], Arrays.copyOfRange(simple, 1, simple.length));
    }

    /** {@code LinearKernels}. */
    public TypeSpec.Builder facade() {
        return type(names.facade()).addModifiers(Modifier.FINAL);
    }

    /** The name of {@code LinearKernels}. */
    public ClassName facadeName() {
        return ClassName.get(subject.packageName(), names.facade());
    }

    /** The name of {@code Linear_Vector512}. */
    public ClassName family(FamilyName family) {
        return ClassName.get(subject.packageName(), names.family(family));
    }

    /** {@code Linear_Vector512}. */
    public TypeSpec.Builder familyType(FamilyName family) {
        return type(names.family(family)).addModifiers(Modifier.FINAL);
    }

    /** {@code LinearSweep}, which may be extended. */
    public TypeSpec.Builder sweep() {
        return type(names.sweep());
    }

    /** The names of classes within the facade. */
    public TypeNames local() {
        return names;
    }

    /** A class with the mark, where it can be named; no date: the same declaration gives the same bytes. */
    private TypeSpec.Builder type(String name) {
        final TypeSpec.Builder type = TypeSpec.classBuilder(name);
        if (scope.hasGenerated()) {
            type.addAnnotation(GeneratedMark.annotation());
        }
        return type;
    }
}
