package dev.tilesmith.processor.asm.aarch64;

/**
 * A distance that is known once labels have places: from the start of the instruction to {@code target}.
 *
 * @param target label
 * @param distance how the instruction says it
 */
record Fixup(Label target, Value distance) {
    /**
     * The bits that say {@code bytes}.
     *
     * @throws IllegalStateException if none do
     */
    int bits(int bytes) {
        if (!distance.contains(bytes)) {
            throw new IllegalStateException(
                    "label " + target + " is " + bytes + " bytes away; it must be " + distance.describe());
        }
        final Setting setting = distance.setting(bytes);
        return setting.field().bits(setting.code());
    }
}
