package dev.tilesmith.processor.program;

/** One operation on vector registers. */
public sealed interface Op {
    /** Loads a vector. */
    record Load(Register to, Cell from) implements Op {
        @Override
        public String toString() {
            return to + " = " + from;
        }
    }

    /** Fills all lanes with one 32-bit value. */
    record Broadcast(Register to, Cell from) implements Op {
        @Override
        public String toString() {
            return to + " = broadcast " + from;
        }
    }

    /** {@code sum = a * b + sum} in binary32, rounded once. */
    record FusedMultiplyAdd(Register sum, Register a, Register b) implements Op {
        @Override
        public String toString() {
            return sum + " = fma(" + a + ", " + b + ", " + sum + ")";
        }
    }

    /** {@code to = a + b} in binary32. */
    record Add(Register to, Register a, Register b) implements Op {
        @Override
        public String toString() {
            return to + " = " + a + " + " + b;
        }
    }

    /** {@code to = min(max(from, clampMin), clampMax)} as Java defines them, where the call asks for bounds. */
    record Clamp(Register to, Register from) implements Op {
        @Override
        public String toString() {
            return to + " = clamp " + from;
        }
    }

    /** Stores a vector. */
    record Store(Register from, Cell to) implements Op {
        @Override
        public String toString() {
            return to + " = " + from;
        }
    }
}
