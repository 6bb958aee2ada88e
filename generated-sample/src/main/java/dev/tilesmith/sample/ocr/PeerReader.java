package dev.tilesmith.sample.ocr;

import ai.onnxruntime.OrtException;
import dev.tilesmith.sample.peer.OnnxRuntimeNetwork;

/** The same reader by ONNX Runtime: its runs of both files, and all else as here. */
final class PeerReader implements AutoCloseable {
    private final OnnxRuntimeNetwork finder;
    private final OnnxRuntimeNetwork reader;

    PeerReader(OcrNetwork finder, OcrNetwork reader, int threads) throws OrtException {
        this.finder = new OnnxRuntimeNetwork(finder.file(), threads);
        this.reader = new OnnxRuntimeNetwork(reader.file(), threads);
    }

    PageReader pages() {
        return new PageReader(
                new LineFinder(new PeerModel(finder, Normalization.FINDER)),
                new LineReader(new PeerModel(reader, Normalization.READER), OcrFiles.keys()));
    }

    @Override
    public void close() throws OrtException {
        finder.close();
        reader.close();
    }
}
