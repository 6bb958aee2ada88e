package dev.tilesmith.kernel.drive;

import dev.tilesmith.code.CodeMemory;
import dev.tilesmith.code.CodeRefusedException;
import dev.tilesmith.code.NativeFunction;
import java.util.HexFormat;
import java.util.Optional;

/** The machine code of one generated class, placed in one mapping when it is first asked for. */
public final class PlacedCode {
    private final String hex;
    private Optional<NativeFunction> function = Optional.empty();

    /** Code in hexadecimal, in parts that follow each other. */
    public PlacedCode(String... parts) {
        this.hex = String.join("", parts);
    }

    /**
     * The code as a function.
     *
     * @throws CodeRefusedException if the system does not let this process run it
     */
    public synchronized NativeFunction function() throws CodeRefusedException {
        if (function.isEmpty()) {
            function = Optional.of(
                    NativeFunction.place(HexFormat.of().parseHex(hex.replace(" ", "")), CodeMemory.ofSystem()));
        }
        return function.get();
    }
}
