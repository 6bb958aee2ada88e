package dev.tilesmith.bench;

import dev.tilesmith.code.CodeMemory;
import dev.tilesmith.code.CodeRefusedException;
import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.code.SystemCodeMemory;

/** Machine code of ours that measures what a CPU does at best, for Java has no such instructions. */
final class LimitLoop {
    private LimitLoop() {}

    /** Whether this system runs any. */
    static boolean runs() {
        return CodeMemory.refusal(new SystemCodeMemory()).isEmpty();
    }

    /** The function that such code is. */
    static NativeFunction of(byte[] code) {
        try {
            return NativeFunction.place(code, new SystemCodeMemory());
        } catch (CodeRefusedException e) {
            throw new IllegalStateException("this system runs no machine code of ours", e);
        }
    }
}
