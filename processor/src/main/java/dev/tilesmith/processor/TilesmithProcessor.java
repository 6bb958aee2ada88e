package dev.tilesmith.processor;

import com.google.auto.service.AutoService;
import dev.tilesmith.processor.check.Checker;
import dev.tilesmith.processor.check.CommonMessage;
import dev.tilesmith.processor.check.Companion;
import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.emit.Detail;
import dev.tilesmith.processor.emit.GeneratedMark;
import dev.tilesmith.processor.emit.SourceWriter;
import dev.tilesmith.processor.model.AnnotationSource;
import dev.tilesmith.processor.model.AnnotationValues;
import dev.tilesmith.processor.model.Declared;
import dev.tilesmith.processor.model.KernelType;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.model.TypeReader;
import dev.tilesmith.processor.operation.Operation;
import dev.tilesmith.processor.operation.batch.BatchMatMulOperation;
import dev.tilesmith.processor.operation.conv.Conv2dOperation;
import dev.tilesmith.processor.operation.depthwise.DepthwiseConv2dOperation;
import dev.tilesmith.processor.operation.matmul.MatMulOperation;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
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
    private static final Set<String> GENERATED = Set.of(Generated.class.getCanonicalName());

    /** The option {@code -Atilesmith.listing}, which has no value. */
    private static final String LISTING = "tilesmith.listing";

    private final List<Operation<?>> operations;
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<Waiting<?>> waiting = new LinkedHashSet<>();

    /** The processor as javac finds it. */
    public TilesmithProcessor() {
        this(List.of(
                new MatMulOperation(),
                new Conv2dOperation(),
                new DepthwiseConv2dOperation(),
                new BatchMatMulOperation()));
    }

    /** A processor of some operations. */
    TilesmithProcessor(List<Operation<?>> operations) {
        this.operations = List.copyOf(operations);
    }

    /**
     * A declaration that waits for what another processor may generate.
     *
     * @param name its name: an element is good for one round only
     */
    private record Waiting<D extends Declared>(Operation<D> operation, String name) {}

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Stream.of(
                        operations.stream().map(TilesmithProcessor::declaring),
                        companions().flatMap(companion -> names(companion).stream()),
                        GENERATED.stream())
                .flatMap(Function.identity())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String declaring(Operation<?> operation) {
        return operation.kernelType().annotation().getCanonicalName();
    }

    /** Those of all operations, which may share some. */
    private Stream<Companion> companions() {
        return operations.stream()
                .flatMap(operation -> operation.companions().stream())
                .distinct();
    }

    private static Set<String> names(Companion companion) {
        return companion.types().stream().map(Class::getCanonicalName).collect(Collectors.toUnmodifiableSet());
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
        final boolean mayWait = !round.processingOver();
        final List<Waiting<?>> waited = List.copyOf(waiting);
        waiting.clear();
        waited.forEach(declaration -> expandWaiting(declaration, mayWait));
        for (final Operation<?> operation : operations) {
            ElementFilter.typesIn(annotated(annotations, round, Set.of(declaring(operation))))
                    .forEach(type -> expand(operation, type, mayWait));
        }
        companions().forEach(companion -> annotated(annotations, round, names(companion))
                .forEach(element -> reportAstray(companion, element)));
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

    /** If an element that an annotation says more of is a declaration of none of the operations which that goes with. */
    private void reportAstray(Companion companion, Element element) {
        final AnnotationSource source = new AnnotationSource(element);
        final List<KernelType> declarations = operations.stream()
                .filter(operation -> operation.companions().contains(companion))
                .map(Operation::kernelType)
                .toList();
        if (declarations.stream().noneMatch(type -> source.has(type.annotation()))) {
            final String declaring = declarations.stream()
                    .map(type -> "@" + type.annotationName())
                    .collect(Collectors.joining(" or "));
            report(element, companion.astray(element.toString(), declaring));
        }
    }

    private <D extends Declared> void expandWaiting(Waiting<D> declaration, boolean mayWait) {
        expand(declaration.operation(), processingEnv.getElementUtils().getTypeElement(declaration.name()), mayWait);
    }

    /** Expands one declaration; what is wrong with it does not hold up the others. */
    private <D extends Declared> void expand(Operation<D> operation, TypeElement type, boolean mayWait) {
        try {
            expand(operation, type, operation.read(type, new TypeReader(processingEnv, names)), mayWait);
        } catch (AnnotationValues.Malformed _) {
            return; // javac reports the value itself
        } catch (FilerException e) {
            report(type, Finding.of(CommonMessage.NAME_TAKEN, Location.element(), e.getMessage(), type));
        } catch (IOException | InvalidPathException e) {
            report(type, Finding.of(CommonMessage.NOT_WRITTEN, Location.element(), type, e));
        } catch (RuntimeException e) {
            report(type, Finding.of(CommonMessage.INTERNAL, Location.element(), type, e));
        }
    }

    private <D extends Declared> void expand(Operation<D> operation, TypeElement type, D declaration, boolean mayWait)
            throws IOException {
        if (mayWait && !declaration.subject().unresolved().isEmpty()) {
            waiting.add(new Waiting<>(operation, declaration.subject().qualifiedName()));
            return;
        }
        final List<Finding> findings = new Checker<>(operation.kernelType(), operation.rules()).check(declaration);
        findings.forEach(finding -> report(type, finding));
        if (findings.stream().noneMatch(Finding::isError)) {
            operation.emit(
                    declaration,
                    new SourceWriter(declaration.subject(), type, processingEnv.getFiler(), detail(processingEnv)));
        }
    }

    private void report(Element element, Finding finding) {
        new FindingReporter(processingEnv).report(element, finding);
    }
}
