package dev.tilesmith.cpu;

import java.io.IOException;
import java.util.OptionalInt;

/**
 * The caches of the first processor as Linux shows them in sysfs; {@link CacheSizes#DEFAULT} fills what is absent.
 *
 * @param system where to read
 */
record SysfsCaches(SystemSource system) {
    private static final String INDEX = "/sys/devices/system/cpu/cpu0/cache/index";

    /** More levels and kinds than any CPU has. */
    private static final int MOST = 16;

    CacheSizes read() {
        int l1d = CacheSizes.DEFAULT.l1d();
        int line = CacheSizes.DEFAULT.line();
        int l2 = CacheSizes.DEFAULT.l2();
        int l3 = 0;
        boolean any = false;
        for (int i = 0; i < MOST; i++) {
            final OptionalInt size = number(i, "size");
            if (size.isEmpty() || "Instruction".equals(text(i, "type"))) {
                continue;
            }
            any = true;
            switch (number(i, "level").orElse(0)) {
                case 1 -> {
                    l1d = size.getAsInt();
                    line = number(i, "coherency_line_size").orElse(line);
                }
                case 2 -> l2 = size.getAsInt();
                case 3 -> l3 = size.getAsInt();
                default -> {}
            }
        }
        // A CPU that lists its caches and no third level has none; one that lists nothing may have any.
        return any ? new CacheSizes(l1d, l2, l3, line) : CacheSizes.DEFAULT;
    }

    /** A positive number, with K, M or G for binary thousands; empty where the file is absent or says something else. */
    private OptionalInt number(int index, String file) {
        final String text = text(index, file);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        final int shift = 10 * ("KMG".indexOf(text.charAt(text.length() - 1)) + 1);
        try {
            final long value = Long.parseLong(shift == 0 ? text : text.substring(0, text.length() - 1));
            final int number = Math.toIntExact(Math.multiplyExact(value, 1L << shift));
            return number > 0 ? OptionalInt.of(number) : OptionalInt.empty();
        } catch (NumberFormatException | ArithmeticException e) {
            return OptionalInt.empty();
        }
    }

    private String text(int index, String file) {
        try {
            return system.text(INDEX + index + "/" + file).strip();
        } catch (IOException | RuntimeException e) {
            return "";
        }
    }
}
