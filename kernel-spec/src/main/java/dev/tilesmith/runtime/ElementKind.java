package dev.tilesmith.runtime;

/** Which elements a matrix holds, where a kernel reads or writes only one kind. */
final class ElementKind {
    private ElementKind() {}

    static void requireFloats(String what, Matrix matrix) {
        final boolean floats =
                switch (matrix) {
                    case Matrix.Floats _ -> true;
                    case Matrix.Segment segment -> segment.elementBytes() == Float.BYTES;
                    case Matrix.Bytes _, Matrix.Ints _ -> false;
                };
        if (!floats) {
            throw notFloats(what, matrix);
        }
    }

    static IllegalArgumentException notFloats(String what, Matrix matrix) {
        return new IllegalArgumentException(what + ": elements of "
                + matrix.getClass().getSimpleName() + "; this kernel takes floats: a float[] or a segment of floats");
    }
}
