package dev.tilesmith.processor.product.model;

/** Why a declaration can have no JMH class. */
public enum JmhObstacle {
    /** Sources beside the declaration cannot name JMH's annotations. */
    NO_JMH,
    /** They cannot name what makes the operands. */
    NO_SWEEP,
    /** The declaration is in no package: JMH takes no classes there. */
    NO_PACKAGE
}
