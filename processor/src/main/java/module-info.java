/** The annotation processor that expands kernel declarations. */
module dev.tilesmith.processor {
    requires java.compiler;
    requires dev.tilesmith.spec;
    requires static org.jspecify;
}
