package dev.tilesmith.processor.operation.scaling;

import dev.tilesmith.processor.model.Declared;
import dev.tilesmith.processor.model.Scope;
import dev.tilesmith.processor.model.Subject;

/**
 * A declaration, as it stands in the source.
 *
 * @param subject the annotated element
 * @param scope what code beside it can use
 * @param by the number to multiply by
 */
record ScalingDeclaration(Subject subject, Scope scope, int by) implements Declared {}
