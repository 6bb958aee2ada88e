package dev.tilesmith.processor.asm;

import java.util.Optional;

/** An instruction, as far as laying it out goes. */
public interface Encodable {
    /** Its bytes, such that they reach as far as any encoding of it does. */
    Encoding encoding();

    /** Fewer bytes that may not reach the place it names, if there are such. */
    default Optional<Encoding> shortEncoding() {
        return Optional.empty();
    }

    /** What a CPU must have to run it. */
    CpuNeeds needs();

    /** The instruction as assemblers read it. */
    String text();

    /** For the listing, or empty. */
    String comment();
}
