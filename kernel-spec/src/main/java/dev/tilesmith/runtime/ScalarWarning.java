package dev.tilesmith.runtime;

import java.lang.System.Logger.Level;

/** Says once, however many kernels there are, that they run a lane at a time, and what would help. */
final class ScalarWarning {
    private ScalarWarning() {}

    static void give() {
        Once.GIVEN.run();
    }

    /** Initialized once by the JVM, and so is the warning. */
    private static final class Once {
        static final Runnable GIVEN = () -> {};

        static {
            System.getLogger(ScalarWarning.class.getName())
                    .log(
                            Level.WARNING,
                            "Tilesmith computes in scalar code, many times slower than this CPU can; start the JVM with "
                                    + "--add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED, and see "
                                    + "DispatchTable.explain()");
        }

        private Once() {}
    }
}
