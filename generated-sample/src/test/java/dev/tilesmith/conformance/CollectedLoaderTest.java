package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.runtime.HugePageArena;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.sample.quickstart.LinearKernels;
import java.lang.foreign.Arena;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that is deployed again and again leaves no code behind, nor weights. */
@EnabledOnOs(OS.LINUX)
final class CollectedLoaderTest {
    private static final int DEPLOYMENTS = 25;

    /** Loads classes whose names begin so for itself. */
    private static final class Deployment extends URLClassLoader {
        private final String prefix;

        Deployment(String prefix) {
            super(
                    new URL[] {
                        locationOf(LinearKernels.class), locationOf(MatMulKernel.class), locationOf(Program.class)
                    },
                    CollectedLoaderTest.class.getClassLoader());
            this.prefix = prefix;
        }

        private static URL locationOf(Class<?> type) {
            return type.getProtectionDomain().getCodeSource().getLocation();
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith(prefix) && !name.equals(Program.class.getName())) {
                    return super.loadClass(name, resolve);
                }
                final Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }

    /** What is deployed: it keeps its kernel and its weights, as programs do. */
    public static final class Program implements Runnable {
        private static final MatMulKernel KERNEL = LinearKernels.best();
        private static final PackedRhs WEIGHTS = KERNEL.packRhs(
                Weights.nByK(Matrix.of(new float[1024 * 1024], 1024, 1024)), HugePageArena.in(Arena.ofAuto()));

        @Override
        public void run() {
            final float[] result = new float[1024];
            KERNEL.run(1, new float[1024], WEIGHTS, result);
            assertArrayEquals(new float[1024], result);
        }
    }

    /** With the runtime in the program, and beside it. */
    @ParameterizedTest
    @ValueSource(strings = {"dev.tilesmith.", "dev.tilesmith.sample."})
    void aCollectedLoaderTakesItsMappingsAlong(String prefix) throws Exception {
        deploy(prefix); // what the JVM maps for itself
        final Mappings before = Mappings.afterCollections(new Mappings(0, 0));
        long most = 0;
        for (int i = 0; i < DEPLOYMENTS; i++) {
            most = Math.max(most, codeWhileDeployed(prefix));
        }
        final Mappings after = Mappings.afterCollections(before);
        assertTrue(after.isAtMost(before), () -> "before: " + before + "; after: " + after);
        // What was deployed last may be there still: the JDK's ObjectMethods keeps a handle over a record softly.
        final long deployed = most;
        assertTrue(deployed > before.code(), () -> "before: " + before + "; while deployed, code=" + deployed);
    }

    private static long codeWhileDeployed(String prefix) throws Exception {
        final Runnable program = deploy(prefix);
        final long code = Mappings.now().code();
        program.run();
        return code;
    }

    private static Runnable deploy(String prefix) throws Exception {
        try (Deployment deployment = new Deployment(prefix)) {
            final Class<?> type = deployment.loadClass(Program.class.getName());
            assertEquals(deployment, type.getClassLoader());
            final Runnable program = (Runnable) type.getDeclaredConstructor().newInstance();
            program.run();
            return program;
        }
    }
}
