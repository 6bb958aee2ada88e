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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** Expands kernel declarations: read, check, plan, program, lower, emit. */
@AutoService(Processor.class)
public final class TilesmithProcessor extends AbstractProcessor {
    private final Backend backend;
    private final Set<String> waiting = new LinkedHashSet<>(); // names: an element is good for one round only

    /** The processor as javac finds it. */
    public TilesmithProcessor() {
        this((plan, origin, filer) -> new KernelEmitter(plan).write(origin, filer));
    }

    TilesmithProcessor(Backend backend) {
        this.backend = backend;
    }

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
        final List<String> waited = List.copyOf(waiting);
        waiting.clear();
        final boolean mayWait = !round.processingOver();
        waited.stream().map(processingEnv.getElementUtils()::getTypeElement).forEach(type -> expand(type, mayWait));
        ElementFilter.typesIn(round.getElementsAnnotatedWith(MatMul.class)).forEach(type -> expand(type, mayWait));
        for (final Element element : round.getElementsAnnotatedWithAny(Set.of(Tiles.class, Tiles.List.class))) {
            if (!new AnnotationSource(element).isDeclaration()) {
                report(element, Finding.of(Message.TILES_WITHOUT_MATMUL, Location.tiles(0, "target"), element));
            }
        }
        return false;
    }

    /** Expands one declaration; what is wrong with it does not hold up the others. */
    private void expand(TypeElement type, boolean mayWait) {
        try {
            final Optional<Declaration> declaration =
                    new DeclarationReader(processingEnv.getElementUtils(), processingEnv.getTypeUtils()).read(type);
            if (declaration.isPresent()) {
                expand(type, declaration.get(), mayWait);
            }
        } catch (FilerException e) {
            report(type, Finding.of(Message.NAME_TAKEN, Location.element(), type, e.getMessage()));
        } catch (IOException | RuntimeException e) {
            report(type, Finding.of(Message.INTERNAL, Location.element(), type, e));
        }
    }

    private void expand(TypeElement type, Declaration declaration, boolean mayWait) throws IOException {
        if (mayWait && !declaration.subject().unresolved().isEmpty()) {
            waiting.add(declaration.subject().qualifiedName()); // another processor may generate what is missing
            return;
        }
        final List<Finding> findings = Checker.check(declaration);
        findings.forEach(finding -> report(type, finding));
        if (findings.stream().noneMatch(Finding::isError)) {
            backend.emit(Planner.plan(declaration), type, processingEnv.getFiler());
        }
    }

    private void report(Element element, Finding finding) {
        new FindingReporter(processingEnv).report(element, finding);
    }
}
