package dev.tilesmith.processor;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import dev.tilesmith.processor.model.Location;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/**
 * Reports on values of annotations. A {@code Messager} finds no place for those of repeated ones, for it looks them up in
 * their container, which javac has made up: it would point at the interface. Here they are found in the source itself.
 */
final class AnnotationTrees {
    private final Trees trees;
    private final TreePath type;

    private AnnotationTrees(Trees trees, TreePath type) {
        this.trees = trees;
        this.type = type;
    }

    /** The annotations of {@code element}, if its source is at hand: compilers other than javac do not give it. */
    static Optional<AnnotationTrees> of(ProcessingEnvironment environment, Element element) {
        if (ModuleLayer.boot().findModule("jdk.compiler").isEmpty()) {
            return Optional.empty();
        }
        try {
            final Trees trees = Trees.instance(environment);
            return Optional.ofNullable(trees.getPath(element)).map(path -> new AnnotationTrees(trees, path));
        } catch (IllegalArgumentException _) { // not javac's own environment
            return Optional.empty();
        }
    }

    /** Reports at a location, and returns whether the source has such a place. */
    boolean report(Diagnostic.Kind kind, String text, Location.OfValue location) {
        final Optional<ExpressionTree> place = annotations(location.annotation()).stream()
                .skip(location.which())
                .findFirst()
                .flatMap(annotation -> argument(annotation, location.attribute()))
                .map(value -> item(value, location.index()));
        place.ifPresent(tree -> trees.printMessage(kind, text, tree, type.getCompilationUnit()));
        return place.isPresent();
    }

    private List<? extends AnnotationTree> annotations(Class<? extends Annotation> annotation) {
        return ((ClassTree) type.getLeaf())
                .getModifiers().getAnnotations().stream()
                        .filter(tree -> isOf(tree, annotation))
                        .toList();
    }

    private boolean isOf(AnnotationTree tree, Class<? extends Annotation> annotation) {
        final TreePath path = new TreePath(new TreePath(type, tree), tree.getAnnotationType());
        return trees.getElement(path) instanceof TypeElement element
                && element.getQualifiedName().contentEquals(annotation.getCanonicalName());
    }

    private static Optional<ExpressionTree> argument(AnnotationTree annotation, String attribute) {
        return annotation.getArguments().stream()
                .filter(AssignmentTree.class::isInstance)
                .map(AssignmentTree.class::cast)
                .filter(assignment -> assignment.getVariable().toString().equals(attribute))
                .map(AssignmentTree::getExpression)
                .findFirst();
    }

    private static ExpressionTree item(ExpressionTree value, int index) {
        return index >= 0 && value instanceof NewArrayTree array
                ? array.getInitializers().get(index)
                : value;
    }
}
