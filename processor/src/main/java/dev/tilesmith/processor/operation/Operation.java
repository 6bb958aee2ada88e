package dev.tilesmith.processor.operation;

import dev.tilesmith.processor.check.Companion;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.emit.SourceWriter;
import dev.tilesmith.processor.model.AnnotationValues;
import dev.tilesmith.processor.model.Declared;
import dev.tilesmith.processor.model.KernelType;
import dev.tilesmith.processor.model.TypeReader;
import java.io.IOException;
import java.util.List;
import javax.lang.model.element.TypeElement;

/**
 * One operation that kernels can be declared for: all that the processor knows of it.
 *
 * @param <D> its declarations, as they are read
 */
public interface Operation<D extends Declared> {
    /** What its declarations are. */
    KernelType kernelType();

    /** Annotations that say more of a declaration, which operations may share; the processor claims them too. */
    List<Companion> companions();

    /**
     * Reads a type that has its annotation.
     *
     * @throws AnnotationValues.Malformed if a value of an annotation is not of its attribute's type, which javac reports
     */
    D read(TypeElement type, TypeReader reader);

    /** Groups of rules, asked after those that every declaration keeps: a group only where those before it found no error. */
    List<List<Rule<? super D>>> rules();

    /**
     * Plans a declaration that has been found sound, and writes what is generated for it.
     *
     * @throws IOException if a file cannot be written
     */
    void emit(D declaration, SourceWriter writer) throws IOException;
}
