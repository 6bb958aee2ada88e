/** The declarations of Tilesmith kernels, and the runtime that generated kernels lean on. */
module dev.tilesmith.spec {
    requires static jdk.incubator.vector;
    requires static jdk.management;
    requires static org.jspecify;

    exports dev.tilesmith.code;
    exports dev.tilesmith.cpu;
    exports dev.tilesmith.kernel.argument;
    exports dev.tilesmith.kernel.dispatch;
    exports dev.tilesmith.kernel.drive;
    exports dev.tilesmith.kernel.layout;
    exports dev.tilesmith.kernel.target;
    exports dev.tilesmith.reference;
    exports dev.tilesmith.runtime;
    exports dev.tilesmith.spec;
    exports dev.tilesmith.tune;
}
