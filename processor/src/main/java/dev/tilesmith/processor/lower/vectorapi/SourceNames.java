package dev.tilesmith.processor.lower.vectorapi;

import com.palantir.javapoet.CodeBlock;
import dev.tilesmith.processor.program.Program;

/**
 * The names of a tile's variables.
 *
 * @param parts values that a byte of the right operand holds
 */
record SourceNames(int parts) {
    /** What is done with one sum. */
    interface SumAction {
        void at(int row, int vector);
    }

    /** Does something with each sum, row by row. */
    static void eachSum(Program program, SumAction action) {
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                action.at(row, v);
            }
        }
    }

    /** An offset from a variable. */
    static CodeBlock plus(String base, int offset) {
        return offset == 0 ? CodeBlock.of("$L", base) : CodeBlock.of("$L + $L", base, offset);
    }

    String sum(int row, int vector) {
        return "sum" + row + "_" + vector;
    }

    String total(int row, int vector) {
        return "total" + row + "_" + vector;
    }

    /** The value of a row that is multiplied with a part of the bytes. */
    String lhs(int row, int part) {
        return switch (parts) {
            case 1 -> "lhs" + row;
            case 2 -> (part == 0 ? "lhs" : "next") + row;
            default -> "lhs" + row + "_" + part;
        };
    }

    /** A part of the bytes of a vector of columns. */
    String rhs(int vector, int part) {
        return switch (parts) {
            case 1 -> "rhs" + vector;
            case 2 -> (part == 0 ? "low" : "high") + vector;
            default -> "rhs" + vector + "_" + part;
        };
    }
}
