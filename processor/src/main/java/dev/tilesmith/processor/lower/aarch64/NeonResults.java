package dev.tilesmith.processor.lower.aarch64;

import dev.tilesmith.processor.asm.aarch64.V;

/** Where the results of a tile are, lanes of 32 bits. */
interface NeonResults {
    V at(int row, int vector);
}
