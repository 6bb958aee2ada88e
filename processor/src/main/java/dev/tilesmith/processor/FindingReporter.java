package dev.tilesmith.processor;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.model.AnnotationSource;
import dev.tilesmith.processor.model.Location;
import java.util.Optional;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;

/** Hands findings to the compiler, at the innermost thing of the source that they are about. */
record FindingReporter(ProcessingEnvironment environment) {
    void report(Element subject, Finding finding) {
        final boolean reported = finding.location() instanceof Location.OfValue location
                && AnnotationTrees.of(environment, subject)
                        .filter(trees -> trees.report(finding.message().kind(), finding.text(), location))
                        .isPresent();
        if (!reported) {
            print(new AnnotationSource(subject), finding);
        }
    }

    private void print(AnnotationSource source, Finding finding) {
        final Location location = finding.location();
        final Diagnostic.Kind kind = finding.message().kind();
        final Element element = source.element(location);
        final Optional<AnnotationMirror> annotation = source.annotation(location);
        final Optional<AnnotationValue> value = source.value(location);
        final Messager messager = environment.getMessager();
        if (annotation.isPresent() && value.isPresent()) {
            messager.printMessage(kind, finding.text(), element, annotation.get(), value.get());
        } else if (annotation.isPresent()) {
            messager.printMessage(kind, finding.text(), element, annotation.get());
        } else {
            messager.printMessage(kind, finding.text(), element);
        }
    }
}
