package dev.tilesmith.bench.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The part of oneDNN's C interface that is used here: functions and constants of {@code oneapi/dnnl/dnnl.h} and {@code
 * dnnl_types.h}, version 3.11. Handles are constants, so that the JIT makes plain calls of them.
 */
final class OneDnn {
    /** {@code dnnl_f16}. */
    static final int F16 = 1;
    /** {@code dnnl_bf16}. */
    static final int BF16 = 2;
    /** {@code dnnl_f32}. */
    static final int F32 = 3;
    /** {@code dnnl_s32}. */
    static final int S32 = 4;
    /** {@code dnnl_s8}. */
    static final int S8 = 5;
    /** {@code dnnl_u8}. */
    static final int U8 = 6;
    /** {@code dnnl_format_tag_any}: the primitive chooses. */
    static final int ANY = 1;
    /** {@code dnnl_a}: one extent. */
    private static final int ROW = 2;
    /** {@code dnnl_ab}: row after row. */
    static final int ROWS = 3;
    /** {@code dnnl_ba}: column after column. */
    static final int COLUMNS = 14;
    /** {@code DNNL_ARG_SRC}. */
    static final int ARG_SRC = 1;
    /** {@code DNNL_ARG_DST}. */
    static final int ARG_DST = 17;
    /** {@code DNNL_ARG_WEIGHTS}. */
    static final int ARG_WEIGHTS = 33;
    /** {@code DNNL_ARG_ATTR_SCALES}, to be joined with an operand. */
    static final int ARG_SCALES = 4096;
    /** {@code DNNL_ARG_ATTR_ZERO_POINTS}, to be joined with an operand. */
    static final int ARG_ZERO_POINTS = 8192;
    /** Mask of scales: one for all of an operand. */
    static final int FOR_ALL = 0;
    /** Mask of scales: one for each column. */
    static final int FOR_EACH_COLUMN = 2;
    /** Mask of scales: one for each output channel of filters in one group. */
    static final int FOR_EACH_OUTPUT = 1;
    /** Mask of scales: one for each output channel of filters in groups, whose number is another dimension. */
    static final int FOR_EACH_OUTPUT_OF_GROUPS = 3;
    /** {@code dnnl_query_weights_md}. */
    static final int QUERY_WEIGHTS = 131;

    /** {@code dnnl_forward_inference}. */
    private static final int INFERENCE = 96;
    /** {@code dnnl_convolution_direct}. */
    private static final int DIRECT = 1;

    private static final int CPU = 1;
    private static final int DEFAULT_STREAM = 1;

    /** {@code dnnl_exec_arg_t}: which operand, and its memory. */
    private static final MemoryLayout ARGUMENT =
            MemoryLayout.structLayout(JAVA_INT, MemoryLayout.paddingLayout(4), ADDRESS);

    private static final SymbolLookup LIBRARY = NativeLibrary.ONEDNN.lookup();
    private static final MethodHandle SET_THREADS =
            NativeLibrary.function(LIBRARY, "omp_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT));
    private static final MethodHandle SGEMM = NativeLibrary.function(
            LIBRARY,
            "dnnl_sgemm",
            FunctionDescriptor.of(
                    JAVA_INT,
                    JAVA_BYTE,
                    JAVA_BYTE,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_FLOAT,
                    ADDRESS,
                    JAVA_LONG,
                    ADDRESS,
                    JAVA_LONG,
                    JAVA_FLOAT,
                    ADDRESS,
                    JAVA_LONG));
    private static final MethodHandle EXECUTE =
            status("dnnl_primitive_execute", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS));
    private static final MethodHandle WAIT = status("dnnl_stream_wait", FunctionDescriptor.of(JAVA_INT, ADDRESS));

    private OneDnn() {}

    /** Sets the number of threads of what this thread calls from now on. */
    static void setThreads(int threads) {
        try {
            SET_THREADS.invokeExact(threads);
        } catch (Throwable e) {
            throw NativeLibrary.failed("omp_set_num_threads", e);
        }
    }

    /** {@code dst = lhs · rhs}, all dense and row-major. */
    static void sgemm(long m, long n, long k, MemorySegment lhs, MemorySegment rhs, MemorySegment dst) {
        final int status;
        try {
            status = (int) SGEMM.invokeExact((byte) 'N', (byte) 'N', m, n, k, 1f, lhs, k, rhs, n, 0f, dst, n);
        } catch (Throwable e) {
            throw NativeLibrary.failed("dnnl_sgemm", e);
        }
        check(status, "dnnl_sgemm");
    }

    /** The engine of the CPU. */
    static MemorySegment engine() {
        return created("dnnl_engine_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG), CPU, 0L);
    }

    /** A stream, which does things in order. */
    static MemorySegment stream(MemorySegment engine) {
        return created(
                "dnnl_stream_create",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT),
                engine,
                DEFAULT_STREAM);
    }

    /** Describes a row of values: scales or zero points. */
    static MemorySegment rowDescription(long length, int type) {
        try (Arena arena = Arena.ofConfined()) {
            return created(
                    "dnnl_memory_desc_create_with_tag",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
                    1,
                    arena.allocateFrom(JAVA_LONG, length),
                    type,
                    ROW);
        }
    }

    /** Attributes of a primitive, none yet. */
    static MemorySegment attributes() {
        return created("dnnl_primitive_attr_create", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    }

    /** Says that an operand has scales, given when the primitive is run. */
    static void setScales(MemorySegment attributes, int operand, int mask) {
        set("dnnl_primitive_attr_set_scales_mask", attributes, operand, mask);
    }

    /** Says that an operand has zero points, given when the primitive is run. */
    static void setZeroPoints(MemorySegment attributes, int operand, int mask) {
        set("dnnl_primitive_attr_set_zero_points_mask", attributes, operand, mask);
    }

    private static void set(String function, MemorySegment attributes, int operand, int mask) {
        final int status;
        try {
            status = (int) status(function, FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT))
                    .invokeExact(attributes, operand, mask);
        } catch (Throwable e) {
            throw NativeLibrary.failed(function, e);
        }
        check(status, function);
    }

    /** Describes a matrix. */
    static MemorySegment description(long rows, long columns, int type, int layout) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment extents = arena.allocateFrom(JAVA_LONG, rows, columns);
            return created(
                    "dnnl_memory_desc_create_with_tag",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
                    2,
                    extents,
                    type,
                    layout);
        }
    }

    /** Describes a tensor whose neighbours along each dimension are so many elements apart. */
    static MemorySegment description(int type, long[] extents, long[] strides) {
        try (Arena arena = Arena.ofConfined()) {
            return created(
                    "dnnl_memory_desc_create_with_strides",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS),
                    extents.length,
                    arena.allocateFrom(JAVA_LONG, extents),
                    type,
                    arena.allocateFrom(JAVA_LONG, strides));
        }
    }

    /** Describes a tensor whose layout the primitive chooses. */
    static MemorySegment anyDescription(int type, long... extents) {
        try (Arena arena = Arena.ofConfined()) {
            return created(
                    "dnnl_memory_desc_create_with_tag",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
                    extents.length,
                    arena.allocateFrom(JAVA_LONG, extents),
                    type,
                    ANY);
        }
    }

    /** Bytes that a matrix so described takes. */
    static long size(MemorySegment description) {
        try {
            return (long) NativeLibrary.function(
                            LIBRARY, "dnnl_memory_desc_get_size", FunctionDescriptor.of(JAVA_LONG, ADDRESS))
                    .invokeExact(description);
        } catch (Throwable e) {
            throw NativeLibrary.failed("dnnl_memory_desc_get_size", e);
        }
    }

    /** A matrix so described, at this place. */
    static MemorySegment memory(MemorySegment engine, MemorySegment description, MemorySegment data) {
        return created(
                "dnnl_memory_create",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS),
                description,
                engine,
                data);
    }

    /** A matrix multiplication of operands so described; attributes may be {@link MemorySegment#NULL}. */
    static MemorySegment matMulDescription(
            MemorySegment engine,
            MemorySegment src,
            MemorySegment weights,
            MemorySegment dst,
            MemorySegment attributes) {
        return created(
                "dnnl_matmul_primitive_desc_create",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS),
                engine,
                src,
                weights,
                MemorySegment.NULL,
                dst,
                attributes);
    }

    /**
     * A convolution of images by filters, so described, without bias or dilation.
     *
     * @param strides rows, then columns of the input from one output to the next
     * @param before rows, then columns of padding before an image
     * @param after likewise behind it
     */
    static MemorySegment convolutionDescription(
            MemorySegment engine,
            MemorySegment src,
            MemorySegment filters,
            MemorySegment dst,
            long[] strides,
            long[] before,
            long[] after,
            MemorySegment attributes) {
        try (Arena arena = Arena.ofConfined()) {
            return created(
                    "dnnl_convolution_forward_primitive_desc_create",
                    FunctionDescriptor.of(
                            JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS,
                            ADDRESS, ADDRESS, ADDRESS, ADDRESS),
                    engine,
                    INFERENCE,
                    DIRECT,
                    src,
                    filters,
                    MemorySegment.NULL,
                    dst,
                    arena.allocateFrom(JAVA_LONG, strides),
                    arena.allocateFrom(JAVA_LONG, 0L, 0L),
                    arena.allocateFrom(JAVA_LONG, before),
                    arena.allocateFrom(JAVA_LONG, after),
                    attributes);
        }
    }

    /** A copy from one layout to another. */
    static MemorySegment reorderDescription(MemorySegment engine, MemorySegment from, MemorySegment to) {
        return created(
                "dnnl_reorder_primitive_desc_create",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS),
                from,
                engine,
                to,
                engine,
                MemorySegment.NULL);
    }

    /** What a primitive chose for an operand; it belongs to the primitive's description. */
    static MemorySegment query(MemorySegment primitiveDescription, int what) {
        try {
            return (MemorySegment) NativeLibrary.function(
                            LIBRARY,
                            "dnnl_primitive_desc_query_md",
                            FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT))
                    .invokeExact(primitiveDescription, what, 0);
        } catch (Throwable e) {
            throw NativeLibrary.failed("dnnl_primitive_desc_query_md", e);
        }
    }

    /** The primitive so described. */
    static MemorySegment primitive(MemorySegment description) {
        return created("dnnl_primitive_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS), description);
    }

    /** An array of {@code dnnl_exec_arg_t}. */
    static MemorySegment arguments(Arena arena, Argument... arguments) {
        final MemorySegment array = arena.allocate(ARGUMENT, arguments.length);
        for (int i = 0; i < arguments.length; i++) {
            final long at = i * ARGUMENT.byteSize();
            array.set(JAVA_INT, at, arguments[i].which());
            array.set(ADDRESS, at + Long.BYTES, arguments[i].memory());
        }
        return array;
    }

    /**
     * One operand of a primitive.
     *
     * @param which {@code DNNL_ARG_...}
     * @param memory a {@code dnnl_memory_t}
     */
    record Argument(int which, MemorySegment memory) {}

    /** Runs a primitive to its end. */
    static void execute(MemorySegment primitive, MemorySegment stream, int count, MemorySegment arguments) {
        int status;
        try {
            status = (int) EXECUTE.invokeExact(primitive, stream, count, arguments);
            if (status == 0) {
                status = (int) WAIT.invokeExact(stream);
            }
        } catch (Throwable e) {
            throw NativeLibrary.failed("dnnl_primitive_execute", e);
        }
        check(status, "dnnl_primitive_execute");
    }

    /** Calls a function whose first argument is where to put the address of what it makes. */
    private static MemorySegment created(String function, FunctionDescriptor type, Object... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment place = arena.allocate(ADDRESS);
            final Object[] all = new Object[arguments.length + 1];
            all[0] = place;
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            check((int) status(function, type).invokeWithArguments(all), function);
            return place.get(ADDRESS, 0);
        } catch (IllegalStateException e) {
            throw e;
        } catch (Throwable e) {
            throw NativeLibrary.failed(function, e);
        }
    }

    private static MethodHandle status(String function, FunctionDescriptor type) {
        return NativeLibrary.function(LIBRARY, function, type);
    }

    private static void check(int status, String function) {
        if (status != 0) {
            throw new IllegalStateException(function + ": status " + status + " (dnnl_status_t)");
        }
    }
}
