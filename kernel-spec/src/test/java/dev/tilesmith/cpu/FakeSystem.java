package dev.tilesmith.cpu;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A machine made of values: what was not put in does not exist. */
final class FakeSystem implements SystemSource {
    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, byte[]> files = new HashMap<>();
    private final Map<Long, Long> auxiliary = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private final Map<Integer, Integer> controls = new HashMap<>();

    static FakeSystem of(String osName, String osArch) {
        final FakeSystem system = new FakeSystem();
        system.properties.put("os.name", osName);
        system.properties.put("os.arch", osArch);
        return system;
    }

    FakeSystem file(String path, String text) {
        return file(path, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    FakeSystem file(String path, byte[] bytes) {
        files.put(path, bytes);
        return this;
    }

    FakeSystem hwcaps(long hwcap, long hwcap2) {
        auxiliary.put(16L, hwcap);
        auxiliary.put(26L, hwcap2);
        return this;
    }

    FakeSystem control(int option, int result) {
        controls.put(option, result);
        return this;
    }

    FakeSystem number(String name, long value) {
        numbers.put(name, value);
        return this;
    }

    @Override
    public String property(String name) {
        return properties.getOrDefault(name, "");
    }

    @Override
    public int processors() {
        return 4;
    }

    @Override
    public String text(String path) throws IOException {
        return new String(bytes(path), StandardCharsets.ISO_8859_1);
    }

    @Override
    public byte[] bytes(String path) throws IOException {
        final byte[] bytes = files.get(path);
        if (bytes == null) {
            throw new FileNotFoundException(path);
        }
        return bytes.clone();
    }

    @Override
    public long getauxval(long type) {
        if (auxiliary.isEmpty()) {
            throw new IllegalCallerException("native access is off");
        }
        return auxiliary.getOrDefault(type, 0L);
    }

    @Override
    public int prctl(int option) {
        return controls.getOrDefault(option, -1);
    }

    @Override
    public long sysctl(String name) {
        if (numbers.isEmpty()) {
            throw new IllegalCallerException("native access is off");
        }
        return numbers.getOrDefault(name, 0L);
    }

    @Override
    public String sysctlText(String name) {
        return name.equals("machdep.cpu.brand_string") ? "Apple M4" : "";
    }
}
