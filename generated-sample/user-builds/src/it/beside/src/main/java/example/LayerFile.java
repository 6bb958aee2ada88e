package example;

import lombok.Value;

/** A layer as a file has it. */
@Value
public class LayerFile {
    float[] weights;
    int outputs;
    int inputs;
}
