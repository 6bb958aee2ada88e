package dev.tilesmith.processor;

import dev.tilesmith.processor.plan.KernelPlan;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;

/** Keeps the plans it is given, and writes an empty class for each. */
final class RecordingBackend implements Backend {
    private final List<KernelPlan> plans = new ArrayList<>();

    @Override
    public void emit(KernelPlan plan, Element origin, ProcessingEnvironment environment) throws IOException {
        final var subject = plan.declaration().subject();
        final String name = subject.generatedPrefix() + "Kernels";
        try (Writer writer = environment
                .getFiler()
                .createSourceFile(subject.packageName() + "." + name, origin)
                .openWriter()) {
            writer.write("package " + subject.packageName() + "; final class " + name + " {}");
        }
        plans.add(plan);
    }

    /** The names of the declarations whose plans came this far, in order. */
    List<String> names() {
        return plans.stream().map(plan -> plan.declaration().subject().name()).toList();
    }

    List<KernelPlan> plans() {
        return List.copyOf(plans);
    }
}
