package dev.tilesmith.processor.emit;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.processor.model.Subject;
import dev.tilesmith.processor.model.TypeNames;
import java.io.IOException;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.lang.model.element.Element;

/** Writes the source files of one declaration, all in its package. */
public final class SourceWriter {
    private final Subject subject;
    private final Element origin;
    private final Filer filer;
    private final Detail detail;

    /**
     * Writes files for one declaration.
     *
     * @param subject the declared interface
     * @param origin the same as javac has it: the only thing the files depend on
     * @param filer where they go
     * @param detail how much of machine code they are to list
     */
    public SourceWriter(Subject subject, Element origin, Filer filer, Detail detail) {
        this.subject = subject;
        this.origin = origin;
        this.filer = filer;
        this.detail = detail;
    }

    /** How much of machine code the files are to list. */
    public Detail detail() {
        return detail;
    }

    /**
     * Writes the file of a type.
     *
     * @throws FilerException if there is a type of its name, which is the message
     * @throws IOException if the file cannot be written
     */
    public void write(TypeSpec type) throws IOException {
        try {
            file(type.toBuilder().addOriginatingElement(origin).build()).writeTo(filer);
        } catch (FilerException e) {
            final FilerException taken = new FilerException(new TypeNames(subject).qualified(type.name()));
            taken.initCause(e);
            throw taken;
        }
    }

    /** All types are imported, those of {@code java.lang} too: the declaration's package may have a {@code Math}. */
    private JavaFile file(TypeSpec type) {
        return JavaFile.builder(subject.packageName(), type).indent("    ").build();
    }
}
