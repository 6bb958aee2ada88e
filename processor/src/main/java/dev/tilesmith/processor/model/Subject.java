package dev.tilesmith.processor.model;

import java.util.List;

/**
 * The element that carries a declaration.
 *
 * @param packageName its package; empty for the unnamed one
 * @param name its name within the package, outer types and dots included
 * @param kind what it is, as messages name it: "interface", "class", "record" ...
 * @param isPublic whether it and all types around it are public
 * @param isReachable whether generated code in its package can name it: neither it nor a type around it is private or
 *     local
 * @param isKernel whether it extends {@code MatMulKernel}
 * @param typeParameters names of its type parameters
 * @param ownMethods names of the abstract methods it declares
 */
public record Subject(
        String packageName,
        String name,
        String kind,
        boolean isPublic,
        boolean isReachable,
        boolean isKernel,
        List<String> typeParameters,
        List<String> ownMethods) {
    /** Makes the lists immutable. */
    public Subject {
        typeParameters = List.copyOf(typeParameters);
        ownMethods = List.copyOf(ownMethods);
    }

    /** The name without dots, which begins the names of generated classes: {@code Outer_Inner}. */
    public String generatedPrefix() {
        return name.replace('.', '_');
    }

    /** The fully qualified name. */
    public String qualifiedName() {
        return packageName.isEmpty() ? name : packageName + "." + name;
    }
}
