package dev.tilesmith.processor.product.model;

/** Types that a JMH class is made of, which are not Tilesmith's runtime: by name, since they are not there for the processor. */
public final class JmhTypes {
    /** Package of JMH's annotations. */
    public static final String ANNOTATIONS = "org.openjdk.jmh.annotations";

    /** JMH's mark of a method to measure. */
    public static final String BENCHMARK = ANNOTATIONS + ".Benchmark";

    /** Package of what sweeps. */
    public static final String SWEEP = "dev.tilesmith.sweep";

    /** A product with operands of its own. */
    public static final String PRODUCT = SWEEP + ".SweptProduct";

    private JmhTypes() {}
}
