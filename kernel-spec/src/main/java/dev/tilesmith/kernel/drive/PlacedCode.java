package dev.tilesmith.kernel.drive;

import dev.tilesmith.code.CodeRefusedException;
import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.code.SystemCodeMemory;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The machine code of one generated class, placed in one mapping when it is first asked for. */
public final class PlacedCode {
    private static final int BUFFER = 1 << 14;

    private final String[] parts;
    private Optional<NativeFunction> function = Optional.empty();

    /**
     * Code as a class file has it in the least room: raw deflate (RFC 1951), in Base64, in parts that follow each other.
     */
    public PlacedCode(String... parts) {
        this.parts = parts.clone();
    }

    /**
     * The code as a function.
     *
     * @throws CodeRefusedException if the system does not let this process run it
     */
    public synchronized NativeFunction function() throws CodeRefusedException {
        if (function.isEmpty()) {
            function = Optional.of(NativeFunction.place(bytes(), new SystemCodeMemory()));
        }
        return function.get();
    }

    /** The code itself. */
    public byte[] bytes() {
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(Base64.getDecoder().decode(String.join("", parts)));
            final ByteArrayOutputStream code = new ByteArrayOutputStream(BUFFER);
            final byte[] buffer = new byte[BUFFER];
            while (!inflater.finished()) {
                final int count = inflater.inflate(buffer);
                if (count == 0 && !inflater.finished()) {
                    throw new IllegalArgumentException("code ends before its end; it must be what the processor wrote");
                }
                code.write(buffer, 0, count);
            }
            return code.toByteArray();
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("code is not deflated; it must be what the processor wrote", e);
        }
    }
}
