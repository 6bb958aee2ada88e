package dev.tilesmith.bench.peer;

import dev.tilesmith.bench.work.LayerOperands;
import dev.tilesmith.bench.work.LayerWork;

/** One implementation of layers, on one thread. */
public interface LayerPeer {
    /** The name that reports know it by. */
    String name();

    /** Which of the implementation's ways it takes. */
    String variant(LayerWork work);

    /**
     * Does everything that is done once for given filters. To be called on the thread that will run the layer.
     *
     * @return what writes floats as {@link LayerOperands#dst} is ordered
     * @throws PeerUnavailableException if this machine cannot run it
     */
    Prepared prepare(LayerOperands operands);
}
