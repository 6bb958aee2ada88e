package dev.tilesmith.sample.ocr;

import dev.tilesmith.sample.layers.Kernels;
import dev.tilesmith.sample.layers.PackedNetwork;
import dev.tilesmith.sample.network.Folding;
import dev.tilesmith.sample.network.Network;
import dev.tilesmith.sample.onnx.NetworkReader;

/**
 * One of the two networks.
 *
 * @param file its ONNX file
 * @param normalization how it wants colours
 */
@SuppressWarnings("ArrayRecordComponent") // read once and only read from then on
record OcrNetwork(byte[] file, Normalization normalization) {
    /** The one that finds lines. */
    static OcrNetwork finder() {
        return new OcrNetwork(OcrFiles.finder(), Normalization.FINDER);
    }

    /** The one that reads them. */
    static OcrNetwork reader() {
        return new OcrNetwork(OcrFiles.reader(), Normalization.READER);
    }

    /** Its steps, with all taken into convolutions that can be. */
    Network folded() {
        return Folding.fold(NetworkReader.read(file));
    }

    /** It on declared kernels. */
    KernelModel onKernels(Kernels kernels) {
        return new KernelModel(PackedNetwork.pack(folded(), kernels), normalization);
    }
}
