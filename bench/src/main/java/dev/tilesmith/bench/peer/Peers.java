package dev.tilesmith.bench.peer;

import java.util.Arrays;
import java.util.List;

/** Everyone there is, ours first. */
public final class Peers {
    /** Name of our own implementation. */
    public static final String OURS = "tilesmith";

    private Peers() {}

    /** Ours and all peers. */
    public static List<Peer> all() {
        return List.of(
                new TilesmithPeer(TilesmithPeer.Kind.BEST),
                new TilesmithPeer(TilesmithPeer.Kind.FAST),
                new TilesmithPeer(TilesmithPeer.Kind.VECTOR_API),
                new OneDnnPeer(),
                new OpenBlasPeer(),
                new OnnxRuntimePeer(),
                new GgmlPeer(),
                new JlamaPeer(JlamaPeer.Kind.NATIVE),
                new JlamaPeer(JlamaPeer.Kind.PANAMA),
                new NaivePeer());
    }

    /** The one of this name. */
    public static Peer named(String name) {
        return all().stream()
                .filter(peer -> peer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("impl: '" + name + "'; expected some of "
                        + all().stream().map(Peer::name).toList()));
    }

    /** Those named, with commas between them. */
    public static List<Peer> parse(String names) {
        return Arrays.stream(names.split(",", -1))
                .map(String::strip)
                .map(Peers::named)
                .toList();
    }
}
