package dev.tilesmith.kernel.layout;

import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.spec.Format;

/** Which elements a matrix holds, where a kernel reads or writes only one kind. */
public final class ElementKind {
    private ElementKind() {}

    /** Fails unless a matrix holds floats. */
    public static void requireFloats(String what, Matrix matrix) {
        final boolean floats =
                switch (matrix) {
                    case Matrix.Floats _ -> true;
                    case Matrix.Segment segment -> segment.elementBytes() == Float.BYTES;
                    case Matrix.Bytes _, Matrix.Shorts _, Matrix.Ints _ -> false;
                };
        if (!floats) {
            throw notFloats(what, matrix);
        }
    }

    /** Bytes of an element. */
    public static int bytes(Matrix matrix) {
        return switch (matrix) {
            case Matrix.Floats _ -> Float.BYTES;
            case Matrix.Shorts _ -> Short.BYTES;
            case Matrix.Bytes _ -> 1;
            case Matrix.Ints _ -> Integer.BYTES;
            case Matrix.Segment segment -> segment.elementBytes();
        };
    }

    private static boolean isBytes(Matrix matrix) {
        return switch (matrix) {
            case Matrix.Bytes _ -> true;
            case Matrix.Segment segment -> segment.elementBytes() == 1;
            case Matrix.Floats _, Matrix.Shorts _, Matrix.Ints _ -> false;
        };
    }

    /** Fails unless a matrix holds bytes. */
    public static void requireBytes(String what, Matrix matrix) {
        if (!isBytes(matrix)) {
            throw notBytes(what, matrix);
        }
    }

    /** Fails unless a matrix holds elements of 16 bits, which are to be of {@code format}. */
    static void requireHalves(String what, Matrix matrix, Format format) {
        final boolean halves =
                switch (matrix) {
                    case Matrix.Shorts _ -> true;
                    case Matrix.Segment segment -> segment.elementBytes() == Short.BYTES;
                    case Matrix.Floats _, Matrix.Bytes _, Matrix.Ints _ -> false;
                };
        if (!halves) {
            throw new IllegalArgumentException(
                    what + ": " + matrix + "; expected " + format + ": a short[] or Matrix.ofShorts");
        }
    }

    /** Fails unless a matrix holds ints. */
    public static void requireInts(String what, Matrix matrix) {
        final boolean ints =
                switch (matrix) {
                    case Matrix.Ints _ -> true;
                    case Matrix.Segment segment -> segment.elementBytes() == Integer.BYTES;
                    case Matrix.Floats _, Matrix.Bytes _, Matrix.Shorts _ -> false;
                };
        if (!ints) {
            throw notInts(what, matrix);
        }
    }

    /** That a matrix does not hold bytes. */
    public static IllegalArgumentException notBytes(String what, Matrix matrix) {
        return new IllegalArgumentException(what + ": " + matrix + "; expected int8: a byte[] or Matrix.ofBytes");
    }

    private static IllegalArgumentException notInts(String what, Matrix matrix) {
        return new IllegalArgumentException(what + ": " + matrix + "; expected int32: an int[] or a segment of ints");
    }

    /** That a matrix does not hold floats. */
    public static IllegalArgumentException notFloats(String what, Matrix matrix) {
        return new IllegalArgumentException(what + ": " + matrix + "; expected f32: a float[] or a segment of floats");
    }

    /** That a matrix does not hold elements of 16 bits. */
    public static IllegalArgumentException notHalves(String what, Matrix matrix) {
        return new IllegalArgumentException(what + ": " + matrix + "; expected 16 bits: a short[] or Matrix.ofShorts");
    }
}
