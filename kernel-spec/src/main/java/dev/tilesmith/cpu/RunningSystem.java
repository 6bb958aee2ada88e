package dev.tilesmith.cpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The system that this JVM runs on. */
final class RunningSystem implements SystemSource {
    @Override
    public String property(String name) {
        return System.getProperty(name, "");
    }

    @Override
    public int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    @Override
    public String text(String path) throws IOException {
        return new String(bytes(path), StandardCharsets.ISO_8859_1);
    }

    @Override
    public byte[] bytes(String path) throws IOException {
        return Files.readAllBytes(Path.of(path));
    }

    @Override
    public long getauxval(long type) {
        requireNativeAccess();
        return new NativeCalls().getauxval(type);
    }

    @Override
    public int prctl(int option) {
        requireNativeAccess();
        return new NativeCalls().prctl(option);
    }

    @Override
    public long sysctl(String name) {
        requireNativeAccess();
        return new NativeCalls().sysctl(name);
    }

    @Override
    public String sysctlText(String name) {
        requireNativeAccess();
        return new NativeCalls().sysctlText(name);
    }

    /** Refuses where the JVM would print a warning or throw: to look at the CPU is not worth a warning. */
    private static void requireNativeAccess() {
        final Module module = RunningSystem.class.getModule();
        if (!module.isNativeAccessEnabled()) {
            throw new IllegalCallerException(
                    "native access is not enabled for " + (module.isNamed() ? module.getName() : "the class path"));
        }
    }
}
