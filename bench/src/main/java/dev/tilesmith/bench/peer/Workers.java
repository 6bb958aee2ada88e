package dev.tilesmith.bench.peer;

import java.util.concurrent.ThreadFactory;

/** Threads that do not keep a measured JVM from ending. */
final class Workers {
    private Workers() {}

    static ThreadFactory daemon(String name) {
        return Thread.ofPlatform().daemon().name(name + "-", 1).factory();
    }
}
