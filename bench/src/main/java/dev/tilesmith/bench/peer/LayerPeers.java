package dev.tilesmith.bench.peer;

import java.util.List;

/** Everyone who computes layers, ours first. */
public final class LayerPeers {
    private LayerPeers() {}

    /** Ours and all peers. */
    public static List<LayerPeer> all() {
        return List.of(TilesmithLayers.best(), new OneDnnLayers(), new OnnxRuntimeLayers());
    }

    /** Our definition of what is right, to the bit; slow. */
    public static LayerPeer reference() {
        return TilesmithLayers.reference();
    }
}
