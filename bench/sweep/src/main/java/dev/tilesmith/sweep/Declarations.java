package dev.tilesmith.sweep;

import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** Declared kernels by their names, and the tables that were generated for them. */
final class Declarations {
    private final ClassLoader loader;

    /** Those that a loader finds. */
    Declarations(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * The table of a declaration.
     *
     * @param name the binary name of the interface: {@code example.Linear}
     * @throws IllegalArgumentException if there is none
     */
    DispatchTable<? extends MatMulKernel> table(String name) {
        final String facade = facade(name);
        try {
            final Method table = Class.forName(facade, true, loader).getDeclaredMethod("table");
            table.setAccessible(true);
            if (table.invoke(null) instanceof DispatchTable<?> found) {
                return ofProducts(name, found);
            }
            throw new IllegalArgumentException("declaration: '" + name + "'; " + facade + ".table() gives no table");
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(missing(name, facade), e);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(
                    "declaration: '" + name + "'; " + facade + " has no table(): it was not generated for @MatMul", e);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException(
                    "declaration: '" + name + "'; " + facade + ".table() failed: " + e.getCause(), e);
        }
    }

    /** The same table, if products of matrices are what is declared: nothing else is swept. */
    @SuppressWarnings(
            "unchecked") // a table's kernels are of the interface that it was generated for, which is looked at
    private DispatchTable<? extends MatMulKernel> ofProducts(String name, DispatchTable<?> table)
            throws ClassNotFoundException {
        if (!MatMulKernel.class.isAssignableFrom(Class.forName(name, false, loader))) {
            throw new IllegalArgumentException(
                    "declaration: '" + name + "' is of no products; expected an interface with @MatMul");
        }
        return (DispatchTable<? extends MatMulKernel>) table;
    }

    /** What the processor names the facade of an interface, which may lie in other types. */
    private static String facade(String name) {
        final int simple = name.lastIndexOf('.') + 1;
        return name.substring(0, simple) + name.substring(simple).replace('$', '_') + "Kernels";
    }

    private String missing(String name, String facade) {
        try {
            Class.forName(name, false, loader);
            return "declaration: '" + name + "'; " + facade
                    + " is not on the class path: expected an interface with @MatMul, compiled with the processor";
        } catch (ClassNotFoundException e) {
            return "declaration: '" + name + "' is not on the class path; expected the binary name of an interface with"
                    + " @MatMul, for example example.Linear";
        }
    }
}
