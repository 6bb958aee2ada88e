/** The annotation processor that expands kernel declarations. */
@SuppressWarnings("requires-automatic") // JavaPoet has no module descriptor
module dev.tilesmith.processor {
    requires com.palantir.javapoet;
    requires dev.tilesmith.spec;
    requires java.compiler;
    requires static com.google.auto.service;
    requires static jdk.compiler;
    requires static org.jspecify;

    provides javax.annotation.processing.Processor with
            dev.tilesmith.processor.TilesmithProcessor;
}
