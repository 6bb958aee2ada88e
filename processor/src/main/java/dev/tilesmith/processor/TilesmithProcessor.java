package dev.tilesmith.processor;

import com.google.auto.service.AutoService;
import dev.tilesmith.processor.check.Checker;
import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Message;
import dev.tilesmith.processor.emit.KernelEmitter;
import dev.tilesmith.processor.model.AnnotationSource;
import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.model.DeclarationReader;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.plan.Planner;
import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Tiles;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Messager;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** Expands kernel declarations: read, check, plan, program, lower, emit. */
@AutoService(Processor.class)
public final class TilesmithProcessor extends AbstractProcessor {
    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of(
                MatMul.class.getCanonicalName(), Tiles.class.getCanonicalName(), Tiles.List.class.getCanonicalName());
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (final Element element : round.getElementsAnnotatedWith(MatMul.class)) {
            expand((TypeElement) element);
        }
        for (final Element element : round.getElementsAnnotatedWithAny(Set.of(Tiles.class, Tiles.List.class))) {
            if (element.getAnnotation(MatMul.class) == null) {
                report(element, Finding.of(Message.TILES_WITHOUT_MATMUL, Location.element(), element));
            }
        }
        return false;
    }

    /** Expands one declaration; what is wrong with it does not hold up the others. */
    private void expand(TypeElement type) {
        try {
            new DeclarationReader(processingEnv.getElementUtils(), processingEnv.getTypeUtils())
                    .read(type)
                    .ifPresent(declaration -> expand(type, declaration));
        } catch (RuntimeException e) {
            report(type, Finding.of(Message.INTERNAL, Location.element(), type, e));
        }
    }

    private void expand(TypeElement type, Declaration declaration) {
        final List<Finding> findings = Checker.check(declaration);
        findings.forEach(finding -> report(type, finding));
        if (findings.isEmpty()) {
            try {
                new KernelEmitter(Planner.plan(declaration)).write(type, processingEnv.getFiler());
            } catch (IOException e) {
                report(type, Finding.of(Message.INTERNAL, Location.element(), type, e));
            }
        }
    }

    private void report(Element element, Finding finding) {
        final AnnotationSource source = new AnnotationSource(element);
        final Messager messager = processingEnv.getMessager();
        source.annotation(finding.location())
                .ifPresentOrElse(
                        annotation -> source.value(finding.location())
                                .ifPresentOrElse(
                                        value -> messager.printMessage(
                                                finding.message().kind(), finding.text(), element, annotation, value),
                                        () -> messager.printMessage(
                                                finding.message().kind(), finding.text(), element, annotation)),
                        () -> messager.printMessage(finding.message().kind(), finding.text(), element));
    }
}
