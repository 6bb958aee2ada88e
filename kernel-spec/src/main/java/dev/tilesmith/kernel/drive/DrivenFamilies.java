package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.memory.Access;
import dev.tilesmith.kernel.memory.OperandNames;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.kernel.packed.PackedReader;
import dev.tilesmith.kernel.packing.Packing;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.FileCheck;
import dev.tilesmith.runtime.PackOptions;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/** The families that a kernel computes by, whatever its operation: what they pack, and what they may be asked for. */
final class DrivenFamilies {
    private final Lineup lineup;
    private final boolean clamps;
    private final OperandNames names;

    /**
     * The families of {@code lineup}.
     *
     * @param clamps whether the declaration allows bounds on results
     * @param names what operands are called
     */
    DrivenFamilies(Lineup lineup, boolean clamps, OperandNames names) {
        this.lineup = lineup;
        this.names = names;
        this.clamps = clamps;
    }

    /** The one that serves products of few rows. */
    PanelFamily family() {
        return lineup.family();
    }

    /** What goes over images, each filter over a channel, as {@link #family} says. */
    DepthwiseCompute depthwise() {
        return depthwise(lineup.usual());
    }

    /** Packs weights by the family that is best for what options expect. */
    PackedPanels pack(Weights weights, PackOptions options) {
        return pack(packer(weights, options.expectedRows()), weights, options);
    }

    /** Packs filters of which each goes over a channel, as the family that is best for what options expect has them. */
    PackedPanels packDepthwise(Conv2dShape shape, Weights filters, PackOptions options) {
        final DepthwiseCompute packer = depthwise(packer(filters, options.expectedRows()));
        return pack(packer, packer.filters(shape, filters), options);
    }

    private static PackedPanels pack(Compute packer, Weights weights, PackOptions options) {
        try {
            final Packing packing = new Packing(options.arena(), options.executor(), options.threads())
                    .inParts(packer.splitting().partsPerThread());
            return packer.pack(weights, packing).of(packer.family());
        } catch (IllegalStateException e) {
            throw Access.explain(e, weights, options.arena());
        }
    }

    /** What packs weights for products of so many rows. */
    Compute packer(Weights weights, int rows) {
        return lineup.packer(weights, rows);
    }

    /** Maps weights that one of the families has packed. */
    PackedRhs map(Path path, Arena arena, FileCheck check) throws IOException {
        return PackedReader.map(path, lineup.packings(), arena, check);
    }

    /** What multiplies so many rows with these weights. */
    ProductCompute of(PackedPanels rhs, int rows) {
        return switch (lineup.of(rhs, rows, names)) {
            case ProductCompute multiplying -> multiplying;
            case DepthwiseCompute other -> throw notOfThis(other);
        };
    }

    /** What goes over images with these filters, each over a channel, for so many pixels of results. */
    DepthwiseCompute depthwise(PackedPanels filters, int pixels) {
        return depthwise(lineup.of(filters, pixels, names));
    }

    private static DepthwiseCompute depthwise(Compute compute) {
        return switch (compute) {
            case DepthwiseCompute convolving -> convolving;
            case ProductCompute other -> throw notOfThis(other);
        };
    }

    /** Generated code has the families of its own operation. */
    private static IllegalStateException notOfThis(Compute compute) {
        return new IllegalStateException("family: " + compute.family() + " is of another operation");
    }

    /** Fails if options ask for bounds that the declaration does not allow. */
    void checkBounds(RunOptions options) {
        if (options.clamped() && !clamps) {
            throw new IllegalArgumentException(
                    "clamp: this kernel is declared with clamp = false; declare it with clamp = true to bound results");
        }
    }
}
