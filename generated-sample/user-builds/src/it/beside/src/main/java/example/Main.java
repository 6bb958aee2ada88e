package example;

import java.util.Arrays;

/** Reads a layer, and multiplies two rows by it. */
public final class Main {
    private Main() {}

    /** Takes no arguments. */
    public static void main(String[] args) {
        final LayerFile file = new LayerFile(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        final Layer layer = LayerMapper.INSTANCE.layer(file);
        IO.println(Arrays.toString(layer.apply(new float[] {1, 0, 0, 1, 1, 1})));
        IO.println(LinearKernels.table().explain());
    }
}
