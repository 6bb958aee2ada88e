package dev.tilesmith.bench.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The part of ggml's C interface that is used here: functions of {@code ggml.h}, {@code ggml-backend.h} and {@code
 * ggml-cpu.h}, and none of what its structures hold. An argument that ggml does not like ends the process.
 */
final class Ggml {
    /** {@code struct ggml_init_params}: size and place of the room for descriptions, and that data lies elsewhere. */
    private static final MemoryLayout INIT =
            MemoryLayout.structLayout(JAVA_LONG, ADDRESS, JAVA_BOOLEAN, MemoryLayout.paddingLayout(7));

    /** More than {@code struct ggml_threadpool_params} has, which ggml fills in. */
    private static final long THREADPOOL_BYTES = 4096;

    /** Two operands and a result. */
    private static final int TENSORS = 3;

    private final GgmlLibrary library;
    private final MethodHandle compute;

    /** {@code enum ggml_type}. */
    enum Type {
        F32(0),
        F16(1),
        Q4_0(2),
        Q4_1(3),
        Q8_0(8),
        BF16(30);

        private final int number;

        Type(int number) {
            this.number = number;
        }
    }

    Ggml(GgmlLibrary library) {
        this.library = library;
        this.compute = function("ggml_backend_graph_compute", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    }

    /** Which of its libraries this is. */
    String generation() {
        return library.generation();
    }

    /** The CPU, as a device. */
    MemorySegment device() {
        return (MemorySegment) call(
                "ggml_backend_reg_dev_get",
                FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG),
                pointer("ggml_backend_init"),
                0L);
    }

    /**
     * Where weights may lie, in the order in which llama.cpp tries it: layouts of the CPU's own, and rows as they are.
     */
    List<MemorySegment> weightBufferTypes(MemorySegment device) {
        final MemorySegment extra = extraBufferTypes(device);
        final List<MemorySegment> types = new ArrayList<>();
        for (long i = 0;
                !extra.equals(MemorySegment.NULL)
                        && extra.getAtIndex(ADDRESS, i).address() != 0;
                i++) {
            types.add(extra.getAtIndex(ADDRESS, i));
        }
        types.add(pointer("ggml_backend_dev_buffer_type", device));
        return types;
    }

    @SuppressWarnings("restricted")
    private MemorySegment extraBufferTypes(MemorySegment device) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment function = pointer(
                    "ggml_backend_reg_get_proc_address",
                    pointer("ggml_backend_dev_backend_reg", device),
                    arena.allocateFrom("ggml_backend_dev_get_extra_bufts"));
            final MemorySegment types = (MemorySegment) Linker.nativeLinker()
                    .downcallHandle(function, FunctionDescriptor.of(ADDRESS, ADDRESS))
                    .invokeExact(device);
            return types.reinterpret(Long.MAX_VALUE); // as long as they say: the last is null
        } catch (Throwable e) {
            throw NativeLibrary.failed("ggml_backend_dev_get_extra_bufts", e);
        }
    }

    /** The name of a type of buffers. */
    @SuppressWarnings("restricted")
    String bufferTypeName(MemorySegment type) {
        return pointer("ggml_backend_buft_name", type)
                .reinterpret(Long.MAX_VALUE)
                .getString(0);
    }

    /** Something that computes on a device. */
    MemorySegment backend(MemorySegment device) {
        return pointer("ggml_backend_dev_init", device, MemorySegment.NULL);
    }

    /** Threads that wait for a backend's next graph, awake for a while, by ggml's defaults; the caller is one of them. */
    MemorySegment threadpool(MemorySegment backend, int threads) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment parameters = arena.allocate(THREADPOOL_BYTES, Long.BYTES);
            call("ggml_threadpool_params_init", FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT), parameters, threads);
            final MemorySegment pool = pointer("ggml_threadpool_new", parameters);
            call("ggml_backend_cpu_set_n_threads", FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT), backend, threads);
            call("ggml_backend_cpu_set_threadpool", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS), backend, pool);
            return pool;
        }
    }

    /** Room for the descriptions of two operands, a result and a graph; what they describe lies elsewhere. */
    MemorySegment context() {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment parameters = arena.allocate(INIT);
            parameters.set(JAVA_LONG, 0, TENSORS * size("ggml_tensor_overhead") + size("ggml_graph_overhead"));
            parameters.set(JAVA_BOOLEAN, 2L * Long.BYTES, true);
            return (MemorySegment) call("ggml_init", FunctionDescriptor.of(ADDRESS, INIT), parameters);
        }
    }

    private long size(String function) {
        return (long) call(function, FunctionDescriptor.of(JAVA_LONG));
    }

    /** A matrix. */
    MemorySegment matrix(MemorySegment context, Type type, long rows, long columns) {
        return (MemorySegment) call(
                "ggml_new_tensor_2d",
                FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, JAVA_LONG, JAVA_LONG),
                context,
                type.number,
                columns,
                rows);
    }

    /** Every row of {@code lhs} by every row of {@code weights}. */
    MemorySegment product(MemorySegment context, MemorySegment weights, MemorySegment lhs) {
        return pointer("ggml_mul_mat", context, weights, lhs);
    }

    /** What must be computed for a result. */
    MemorySegment graph(MemorySegment context, MemorySegment result) {
        final MemorySegment graph = pointer("ggml_new_graph", context);
        call("ggml_build_forward_expand", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS), graph, result);
        return graph;
    }

    /** Memory of this type that a matrix fits. */
    MemorySegment buffer(MemorySegment type, MemorySegment matrix) {
        final long bytes = (long) call(
                "ggml_backend_buft_get_alloc_size", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS), type, matrix);
        return (MemorySegment)
                call("ggml_backend_buft_alloc_buffer", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG), type, bytes);
    }

    /** Memory of the caller's. */
    MemorySegment buffer(MemorySegment memory) {
        return (MemorySegment) call(
                "ggml_backend_cpu_buffer_from_ptr",
                FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG),
                memory,
                memory.byteSize());
    }

    /** All bytes of a buffer. */
    @SuppressWarnings("restricted")
    MemorySegment bytes(MemorySegment buffer) {
        final long size =
                (long) call("ggml_backend_buffer_get_size", FunctionDescriptor.of(JAVA_LONG, ADDRESS), buffer);
        return pointer("ggml_backend_buffer_get_base", buffer).reinterpret(size);
    }

    /** Says that a matrix lies in this buffer, which is its own. */
    void place(MemorySegment matrix, MemorySegment buffer) {
        check("ggml_backend_tensor_alloc", (int) call(
                "ggml_backend_tensor_alloc",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS),
                buffer,
                matrix,
                bytes(buffer)));
    }

    /** Whether the device can compute this, with operands where they lie. */
    boolean isSupported(MemorySegment device, MemorySegment result) {
        return (boolean) call(
                "ggml_backend_dev_supports_op", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, ADDRESS), device, result);
    }

    /** Copies values to where a matrix lies, in the layout that is used there. */
    void set(MemorySegment matrix, MemorySegment values) {
        call(
                "ggml_backend_tensor_set",
                FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG),
                matrix,
                values,
                0L,
                values.byteSize());
    }

    /** Computes a graph to its end. */
    void compute(MemorySegment backend, MemorySegment graph) {
        final int status;
        try {
            status = (int) compute.invokeExact(backend, graph);
        } catch (Throwable e) {
            throw NativeLibrary.failed("ggml_backend_graph_compute", e);
        }
        check("ggml_backend_graph_compute", status);
    }

    /** Gives back what {@link #context} made. */
    void freeContext(MemorySegment context) {
        free("ggml_free", context);
    }

    /** Gives back what {@link #buffer} made. */
    void freeBuffer(MemorySegment buffer) {
        free("ggml_backend_buffer_free", buffer);
    }

    /** Ends threads. */
    void freeThreadpool(MemorySegment pool) {
        free("ggml_threadpool_free", pool);
    }

    /** Gives back what {@link #backend} made. */
    void freeBackend(MemorySegment backend) {
        free("ggml_backend_free", backend);
    }

    private void free(String function, MemorySegment made) {
        call(function, FunctionDescriptor.ofVoid(ADDRESS), made);
    }

    /** Calls a function of pointers that gives one. */
    private MemorySegment pointer(String name, MemorySegment... arguments) {
        final MemoryLayout[] types =
                Collections.nCopies(arguments.length, ADDRESS).toArray(MemoryLayout[]::new);
        final MemorySegment made =
                (MemorySegment) call(name, FunctionDescriptor.of(ADDRESS, types), (Object[]) arguments);
        if (made.address() == 0) {
            throw new IllegalStateException(name + ": it gave nothing");
        }
        return made;
    }

    private Object call(String name, FunctionDescriptor type, Object... arguments) {
        try {
            return function(name, type).invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw NativeLibrary.failed(name, e);
        }
    }

    private MethodHandle function(String name, FunctionDescriptor type) {
        return NativeLibrary.function(library.lookup(), name, type);
    }

    private static void check(String function, int status) {
        if (status != 0) {
            throw new IllegalStateException(function + ": status " + status + " (ggml_status)");
        }
    }
}
