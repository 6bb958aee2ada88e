package dev.tilesmith.processor;

import com.google.auto.service.AutoService;
import dev.tilesmith.processor.check.Checker;
import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Message;
import dev.tilesmith.processor.emit.Detail;
import dev.tilesmith.processor.emit.GeneratedMark;
import dev.tilesmith.processor.emit.KernelEmitter;
import dev.tilesmith.processor.model.AnnotationSource;
import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.model.DeclarationReader;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.plan.Planner;
import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Tiles;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.Generated;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** Expands kernel declarations: read, check, plan, program, lower, emit. */
@AutoService(Processor.class)
public final class TilesmithProcessor extends AbstractProcessor {
    private static final Set<String> MATMUL = Set.of(MatMul.class.getCanonicalName());
    private static final Set<String> TILES =
            Set.of(Tiles.class.getCanonicalName(), Tiles.List.class.getCanonicalName());
    private static final Set<String> GENERATED = Set.of(Generated.class.getCanonicalName());

    /** The option {@code -Atilesmith.listing}, which has no value. */
    private static final String LISTING = "tilesmith.listing";

    private final Backend backend;
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> waiting = new LinkedHashSet<>(); // names: an element is good for one round only

    /** The processor as javac finds it. */
    public TilesmithProcessor() {
        this((plan, origin, environment) ->
                new KernelEmitter(plan, detail(environment)).write(origin, environment.getFiler()));
    }

    TilesmithProcessor(Backend backend) {
        this.backend = backend;
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Stream.of(MATMUL, TILES, GENERATED).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<String> getSupportedOptions() {
        return Set.of(LISTING);
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    /**
     * Claims the annotations, the mark of generated types too: they are of no use to other processors, and javac warns of
     * those that nobody claims. The marks of others are theirs to claim.
     */
    @Override
    @SuppressWarnings("DoNotClaimAnnotations") // a build with -Xlint:all -Werror could not use them
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        ElementFilter.typesIn(round.getRootElements()).forEach(this::enter);
        final List<String> waited = List.copyOf(waiting);
        waiting.clear();
        final boolean mayWait = !round.processingOver();
        waited.stream().map(processingEnv.getElementUtils()::getTypeElement).forEach(type -> expand(type, mayWait));
        ElementFilter.typesIn(annotated(annotations, round, MATMUL)).forEach(type -> expand(type, mayWait));
        for (final Element element : annotated(annotations, round, TILES)) {
            if (!new AnnotationSource(element).isDeclaration()) {
                report(element, Finding.of(Message.TILES_WITHOUT_MATMUL, Location.tiles(0, "target"), element));
            }
        }
        return annotations.stream().anyMatch(annotation -> !isNamed(annotation, GENERATED))
                || annotated(annotations, round, GENERATED).stream().allMatch(GeneratedMark::isOn);
    }

    private static Detail detail(ProcessingEnvironment environment) {
        return environment.getOptions().containsKey(LISTING) ? Detail.FULL : Detail.SHORT;
    }

    /** Remembers the names of a type, its package, and those around that: no type to be generated can have one of them. */
    private void enter(TypeElement type) {
        for (String name = type.getQualifiedName().toString(); names.add(name) && name.contains("."); ) {
            name = name.substring(0, name.lastIndexOf('.'));
        }
    }

    private static boolean isNamed(TypeElement annotation, Set<String> names) {
        return names.contains(annotation.getQualifiedName().toString());
    }

    /** What is annotated, in the order of the sources, found by the compiler's own annotation types: ours may be others. */
    private static Set<Element> annotated(
            Set<? extends TypeElement> annotations, RoundEnvironment round, Set<String> names) {
        return annotations.stream()
                .filter(annotation -> isNamed(annotation, names))
                .flatMap(annotation -> round.getElementsAnnotatedWith(annotation).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Expands one declaration; what is wrong with it does not hold up the others. */
    private void expand(TypeElement type, boolean mayWait) {
        try {
            final Optional<Declaration> declaration = new DeclarationReader(processingEnv, names).read(type);
            if (declaration.isPresent()) {
                expand(type, declaration.get(), mayWait);
            }
        } catch (FilerException e) {
            report(type, Finding.of(Message.NAME_TAKEN, Location.element(), e.getMessage(), type));
        } catch (IOException | InvalidPathException e) {
            report(type, Finding.of(Message.NOT_WRITTEN, Location.element(), type, e));
        } catch (RuntimeException e) {
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
            backend.emit(Planner.plan(declaration), type, processingEnv);
        }
    }

    private void report(Element element, Finding finding) {
        new FindingReporter(processingEnv).report(element, finding);
    }
}
