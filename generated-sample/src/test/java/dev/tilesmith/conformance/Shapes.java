package dev.tilesmith.conformance;

import java.util.Arrays;
import java.util.List;

/** Where a JVM is emulated and slow, the build asks for few shapes by a system property. */
final class Shapes {
    /** Whether it does. */
    static final boolean FEW = System.getProperty("conformance.shapes", "all").equals("few");

    private Shapes() {}

    /** All of {@code shapes}; or the chosen ones, by their place in the list. */
    static List<int[]> of(List<int[]> shapes, int... chosen) {
        return FEW ? Arrays.stream(chosen).mapToObj(shapes::get).toList() : shapes;
    }
}
