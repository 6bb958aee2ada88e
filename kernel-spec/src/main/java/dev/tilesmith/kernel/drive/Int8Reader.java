package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.layout.ElementKind;
import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.ValueLayout;

/**
 * Copies int8 values into Java arrays as the floats that they are.
 *
 * @param what the operand's name
 */
record Int8Reader(String what) implements FloatReader {
    @Override
    public void read(Matrix from, long first, int count, float[] to, int at) {
        switch (from) {
            case Matrix.Bytes given -> {
                final byte[] data = given.data();
                for (int i = 0; i < count; i++) {
                    to[at + i] = data[(int) first + i];
                }
            }
            case Matrix.Segment given -> {
                for (int i = 0; i < count; i++) {
                    to[at + i] = given.data().get(ValueLayout.JAVA_BYTE, first + i);
                }
            }
            case Matrix.Floats _, Matrix.Shorts _, Matrix.Ints _ -> throw ElementKind.notBytes(what, from);
        }
    }
}
