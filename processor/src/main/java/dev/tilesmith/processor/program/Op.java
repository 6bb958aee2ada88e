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

    /**
     * {@code sum = a * b + sum} in binary32, of integers so small that nothing is rounded, so that it is no matter
     * whether the two operations are fused.
     */
    record ExactMultiplyAdd(Register sum, Register a, Register b) implements Op {
        @Override
        public String toString() {
            return sum + " = " + a + " * " + b + " + " + sum;
        }
    }

    /** Loads signed bytes, as many as the lanes of {@code to} have parts, and widens each to such a part. */
    record LoadWidened(Register to, Cell from) implements Op {
        @Override
        public String toString() {
            return to + " = widen " + from;
        }
    }

    /**
     * Loads bytes that hold two values of four bits each, and takes those in the low bits, or in the high ones: as
     * unsigned bytes, or one to a lane as a binary32.
     */
    record LoadNibbles(Register to, Cell from, boolean high) implements Op {
        @Override
        public String toString() {
            return to + " = " + (high ? "high" : "low") + " bits of " + from;
        }
    }

    /**
     * Loads bytes that hold four values of two bits each, takes the {@code part}-th, counted from the lowest bits, and looks
     * up what it stands for in the four bytes of {@code table}: as bytes, signed or not as they are there, or one to a lane as
     * the binary32 of an unsigned byte.
     */
    record LookUp(Register to, Register table, Cell from, int part) implements Op {
        @Override
        public String toString() {
            return to + " = " + table + "[bits " + 2 * part + " of " + from + "]";
        }
    }

    /**
     * Loads bytes that hold two values of four bits each, with {@code offset} added, 8 or 0, two bytes to a lane, and takes
     * that off: four signed bytes to a lane, of each byte first the value in the low bits.
     */
    record LoadSignedNibbles(Register to, Cell from, int offset) implements Op {
        /** Of values from -8 to 7. */
        LoadSignedNibbles(Register to, Cell from) {
            this(to, from, 8);
        }

        @Override
        public String toString() {
            return to + " = all bits of " + from + (offset == 0 ? "" : " - " + offset);
        }
    }

    /**
     * Loads bytes that hold four values of two bits each, one byte to a lane, and looks up what these stand for in the four
     * signed bytes of {@code table}: four signed bytes to a lane, first the one that the lowest bits choose.
     */
    record LookUpAll(Register to, Register table, Cell from) implements Op {
        @Override
        public String toString() {
            return to + " = " + table + "[all bits of " + from + "]";
        }
    }

    /** {@code to = a + b} of the four bytes of each lane. */
    record AddBytes(Register to, Register a, Register b) implements Op {
        @Override
        public String toString() {
            return to + " = bytes " + a + " + " + b;
        }
    }

    /** {@code to = 0}, all lanes. */
    record Zero(Register to) implements Op {
        @Override
        public String toString() {
            return to + " = 0";
        }
    }

    /** Loads signed bytes, and adds 128 to each, which makes them unsigned. */
    record LoadOffset(Register to, Cell from) implements Op {
        @Override
        public String toString() {
            return to + " = offset " + from;
        }
    }

    /** Loads a vector of finite values of binary16, widened to binary32. */
    record LoadF16(Register to, Cell from) implements Op {
        @Override
        public String toString() {
            return to + " = f16 " + from;
        }
    }

    /** Loads a vector of BF16, widened to binary32. */
    record LoadBf16(Register to, Cell from) implements Op {
        @Override
        public String toString() {
            return to + " = bf16 " + from;
        }
    }

    /** {@code sum = sum + Σ a·b} over the parts of each lane, in 32-bit integers. */
    record Dot(Register sum, Register a, Register b) implements Op {
        @Override
        public String toString() {
            return sum + " = dot(" + a + ", " + b + ") + " + sum;
        }
    }

    /**
     * {@code sum = sum + a · bᵀ}, 2 × 2 sums of 32 bits, where {@code a} and {@code b} are 2 × 8 bytes: the lanes of
     * {@code a} and {@code b} are four bytes each, two to a row.
     */
    record BlockDot(Register sum, Register a, Register b) implements Op {
        @Override
        public String toString() {
            return sum + " = blockdot(" + a + ", " + b + ") + " + sum;
        }
    }

    /**
     * {@code tile[i][j] = a[i] * b[j] + tile[i][j]} in binary32, rounded once, for all lanes {@code i} and {@code j}: the
     * tile has as many rows as a vector has lanes.
     */
    record FusedOuterProduct(Register tile, Register a, Register b) implements Op {
        @Override
        public String toString() {
            return tile + " = fma(" + a + " x " + b + ", " + tile + ")";
        }
    }

    /** {@code tile[i][j] = tile[i][j] + Σ a[i]·b[j]} over the parts of lanes {@code i} and {@code j}, in 32-bit integers. */
    record DotOuterProduct(Register tile, Register a, Register b) implements Op {
        @Override
        public String toString() {
            return tile + " = dot(" + a + " x " + b + ") + " + tile;
        }
    }

    /** One row of a tile. */
    record TileRow(Register to, Register tile, int row) implements Op {
        @Override
        public String toString() {
            return to + " = row " + row + " of " + tile;
        }
    }

    /** The first half of {@code a} and of {@code b}, or the second of each. */
    record Halves(Register to, Register a, Register b, boolean second) implements Op {
        @Override
        public String toString() {
            return to + " = " + (second ? "second" : "first") + " halves of " + a + ", " + b;
        }
    }

    /** {@code to = a * b}, the low 32 bits of integers. */
    record IntMultiply(Register to, Register a, Register b) implements Op {
        @Override
        public String toString() {
            return to + " = " + a + " * " + b;
        }
    }

    /** {@code to = a - b} of 32-bit integers. */
    record IntSubtract(Register to, Register a, Register b) implements Op {
        @Override
        public String toString() {
            return to + " = " + a + " - " + b;
        }
    }

    /** {@code to = -from} of 32-bit integers. */
    record IntNegate(Register to, Register from) implements Op {
        @Override
        public String toString() {
            return to + " = -" + from;
        }
    }

    /** {@code to = a + b} of 32-bit integers. */
    record IntAdd(Register to, Register a, Register b) implements Op {
        @Override
        public String toString() {
            return to + " = " + a + " + " + b;
        }
    }

    /** The integer nearest to a binary32, halves to even, bounded to 16 bits. */
    record Round(Register to, Register from) implements Op {
        @Override
        public String toString() {
            return to + " = round " + from;
        }
    }

    /** {@code to = min(max(from, clampMin), clampMax)} of integers, where the call asks for bounds. */
    record IntClamp(Register to, Register from) implements Op {
        @Override
        public String toString() {
            return to + " = clamp " + from;
        }
    }

    /** The binary32 nearest to a 32-bit integer, ties to even; of a binary32 that is an integer, that integer. */
    record Convert(Register to, Register from) implements Op {
        @Override
        public String toString() {
            return to + " = " + to.type().name().toLowerCase(java.util.Locale.ROOT) + " " + from;
        }
    }

    /** {@code to = a * b} in binary32. */
    record Multiply(Register to, Register a, Register b) implements Op {
        @Override
        public String toString() {
            return to + " = " + a + " * " + b;
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

    /** Stores a vector of integers as bytes, each bounded to int8. */
    record StoreBytes(Register from, Cell to) implements Op {
        @Override
        public String toString() {
            return to + " = int8 " + from;
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
