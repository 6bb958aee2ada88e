package dev.tilesmith.kernel.drive;

import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.argument.ArgumentBlock;
import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.kernel.argument.QuantizerArguments;
import dev.tilesmith.kernel.layout.ElementKind;
import dev.tilesmith.kernel.layout.LhsLayout;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.kernel.packing.Packing;
import dev.tilesmith.kernel.target.RowGroups;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.tune.Knob;
import dev.tilesmith.tune.Tuning;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Computes products of rows that are quantized to int8 as they come, {@code QAI8DX} or {@code QSI8D32}, with weights of
 * eight bits, four or two, in machine code; to F32, or what that is rounded to.
 */
public final class Int8NativeCompute extends PackedRowsCompute {
    private final NativeFunction quantizer;
    private final Optional<NativeFunction> packer;
    private final long briefBytes;

    /**
     * Computes by machine code, in blocks that fit the caches of {@code host}.
     *
     * @param function has the tiles of {@code family}
     * @param quantizer quantizes rows for them
     */
    public Int8NativeCompute(
            NativeFunction function, NativeFunction quantizer, PanelFamily family, Host host, Tuning tuning) {
        this(function, quantizer, Optional.empty(), family, host, tuning);
    }

    /**
     * Computes by machine code, in blocks that fit the caches of {@code host}.
     *
     * @param function has the tiles of {@code family}
     * @param quantizer quantizes rows for them
     * @param packer packs weights for them that are in ggml's blocks
     */
    public Int8NativeCompute(
            NativeFunction function,
            NativeFunction quantizer,
            NativeFunction packer,
            PanelFamily family,
            Host host,
            Tuning tuning) {
        this(function, quantizer, Optional.of(packer), family, host, tuning);
    }

    private Int8NativeCompute(
            NativeFunction function,
            NativeFunction quantizer,
            Optional<NativeFunction> packer,
            PanelFamily family,
            Host host,
            Tuning tuning) {
        super(function, family, host, tuning);
        this.quantizer = quantizer;
        this.packer = packer;
        this.briefBytes = tuning.get(Knob.BRIEF_BYTES);
    }

    @Override
    PackedPanels pack(Weights weights, Packing packing) {
        return super.pack(weights, packer.map(packing::with).orElse(packing));
    }

    @Override
    void check(Matrix lhs, Matrix dst) {
        ElementKind.requireFloats("lhs", lhs);
        resultFormat().require("dst", dst);
    }

    /** Where a group is a tile of any rows, the last rows are a group of their own. */
    @Override
    void prepare(Product product, int row, int rows, ArgumentBlock arguments, MemorySegment to) {
        final int group = lhsLayout().rows();
        final int rest = rowGroups() == RowGroups.TILES ? rows % group : 0;
        if (rows > rest) {
            quantizeGroups(product, row, rows - rest, lhsLayout(), arguments, to);
        }
        if (rest > 0) {
            final int done = rows - rest;
            final MemorySegment last = to.asSlice(done / group * lhsLayout().stride(product.rhs()));
            quantizeGroups(product, row + done, rest, lhsLayout().withRows(rest), arguments, last);
        }
    }

    private void quantizeGroups(
            Product product, int row, int rows, LhsLayout layout, ArgumentBlock arguments, MemorySegment to) {
        pad(product.rhs(), rows, layout, to);
        arguments.putLong(QuantizerArguments.K, product.k());
        arguments.putLong(QuantizerArguments.STRIDE, layout.stride(product.rhs()));
        arguments.putLong(QuantizerArguments.VALUES, layout.values(product.rhs()));
        arguments.putLong(
                QuantizerArguments.BLOCK, Math.min(product.k(), product.rhs().blockLength()));
        arguments.putLong(QuantizerArguments.GROUP_ROWS, layout.rows());
        arguments.putInt(QuantizerArguments.FACTOR, product.rhs().beginningFactor());
        final NativeRows from = NativeRows.of(product.lhs());
        arguments.putLong(QuantizerArguments.SOURCE_STRIDE, from.strideBytes());
        if (from.data().isNative()) {
            arguments.putLong(QuantizerArguments.ROWS, rows);
            arguments.putLong(QuantizerArguments.SOURCE_OFFSET, from.at(row, 0));
            quantizer.call(arguments.written(), from.data(), from.data(), to);
        } else {
            quantizeBriefly(product, from, row, rows, layout, arguments, to);
        }
    }

    /** Rows in a Java array, some at a time. */
    private void quantizeBriefly(
            Product product,
            NativeRows from,
            int row,
            int rows,
            LhsLayout layout,
            ArgumentBlock arguments,
            MemorySegment to) {
        final int atOnce = briefRows(product.k(), layout);
        for (int done = 0; done < rows; done += atOnce) {
            arguments.putLong(QuantizerArguments.ROWS, Math.min(atOnce, rows - done));
            arguments.putLong(QuantizerArguments.SOURCE_OFFSET, from.at(row + done, 0));
            final MemorySegment groups = to.asSlice(done / layout.rows() * layout.stride(product.rhs()));
            quantizer.call(arguments.written(), from.data(), from.data(), groups);
        }
    }

    /** Rows of whole groups. */
    private int briefRows(int k, LhsLayout layout) {
        final long groups = briefBytes / Math.max(1, k * (long) Float.BYTES) / layout.rows();
        return (int) Math.max(1, groups) * layout.rows();
    }

    /** What lies beyond k in a row is multiplied by weights that need not be zero. */
    private static void pad(PackedPanels rhs, int rows, LhsLayout layout, MemorySegment to) {
        final long bytes = layout.padding(rhs.k());
        for (int row = 0; row < rows && bytes > 0; row += layout.rows()) {
            final long end = row / layout.rows() * layout.stride(rhs) + layout.values(rhs);
            to.asSlice(end - bytes, bytes).fill((byte) 0);
        }
    }

    @Override
    void putBounds(ArgumentBlock arguments, Product product) {
        arguments.putFloat(NativeArguments.CLAMP_MIN, product.clampMin());
        arguments.putFloat(NativeArguments.CLAMP_MAX, product.clampMax());
    }
}
