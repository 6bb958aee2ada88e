package dev.tilesmith.processor.model;

import java.util.Set;

/**
 * What is there for sources beside a declaration: code that is generated can use no more.
 *
 * @param release the release of Java that sources are compiled for
 * @param module the name of the module they are in; empty for the unnamed one
 * @param hasVectorApi whether they can name the types of {@code jdk.incubator.vector}
 * @param hasGenerated whether they can name {@code javax.annotation.processing.Generated}
 * @param names qualified names of the top-level types that the sources have, and of their packages
 */
public record Scope(int release, String module, boolean hasVectorApi, boolean hasGenerated, Set<String> names) {
    /** Makes the set immutable. */
    public Scope {
        names = Set.copyOf(names);
    }
}
