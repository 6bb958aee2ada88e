package dev.tilesmith.processor.emit;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.processor.model.Subject;
import dev.tilesmith.processor.model.TypeNames;
import java.io.IOException;
import java.io.Writer;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.lang.model.element.Element;
import javax.tools.FileObject;
import javax.tools.StandardLocation;

/** Writes the files of one declaration: sources in its package, and resources. */
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

    /**
     * Writes a resource that is found at run time, beside the class files.
     *
     * @param name its name, with the folders it is in
     * @throws IOException if it cannot be written
     */
    public void write(String name, String text) throws IOException {
        final FileObject file = filer.createResource(StandardLocation.CLASS_OUTPUT, "", name, origin);
        try (Writer writer = file.openWriter()) {
            writer.write(text);
        }
    }

    /** All types are imported, those of {@code java.lang} too: the declaration's package may have a {@code Math}. */
    private JavaFile file(TypeSpec type) {
        return JavaFile.builder(subject.packageName(), type).indent("    ").build();
    }
}
