package dev.tilesmith.processor;

import dev.tilesmith.processor.plan.KernelPlan;
import java.io.IOException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;

/** The stages after plan: program, lower, emit. */
@FunctionalInterface
interface Backend {
    /**
     * Writes the source files of one plan, each with {@code origin} as its only originating element.
     *
     * @throws javax.annotation.processing.FilerException if there is a type of a generated one's name, which is its message
     */
    void emit(KernelPlan plan, Element origin, ProcessingEnvironment environment) throws IOException;
}
