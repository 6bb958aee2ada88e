package dev.tilesmith.processor.model;

import java.util.List;

/**
 * The element that carries a declaration.
 *
 * @param packageName its package; empty for the unnamed one
 * @param name its name within the package, outer types and dots included
 * @param kind what it is, as messages name it: "interface", "class", "record" ...
 * @param isPublic whether it and all types around it are public
 * @param isReachable whether generated code in its package can name it: neither it nor a type around it is private
 * @param isSealed whether only the types that it permits may implement it
 * @param isKernel whether it extends what interfaces of its operation do, directly or not
 * @param unresolved names of supertypes, direct or not, that javac does not know yet
 * @param typeParameters names of its type parameters
 * @param ownMethods signatures of the abstract methods it declares that no generated class would implement
 * @param inheritedMethods signatures of those that it inherits
 * @param hiddenMethods signatures of the default methods it has that a generated class has otherwise from its superclass
 * @param warnings what a class that names and implements it is to be spared, as {@code @SuppressWarnings} names it
 */
public record Subject(
        String packageName,
        String name,
        String kind,
        boolean isPublic,
        boolean isReachable,
        boolean isSealed,
        boolean isKernel,
        List<String> unresolved,
        List<String> typeParameters,
        List<String> ownMethods,
        List<String> inheritedMethods,
        List<String> hiddenMethods,
        List<String> warnings) {
    /** Makes the lists immutable. */
    public Subject {
        unresolved = List.copyOf(unresolved);
        typeParameters = List.copyOf(typeParameters);
        ownMethods = List.copyOf(ownMethods);
        inheritedMethods = List.copyOf(inheritedMethods);
        hiddenMethods = List.copyOf(hiddenMethods);
        warnings = List.copyOf(warnings);
    }

    /** The name without dots, which begins the names of generated classes: {@code Outer_Inner}. */
    public String generatedPrefix() {
        return name.replace('.', '_');
    }

    /** The name without the types around it. */
    public String simpleName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** The name by which the JVM has it. */
    public String binaryName() {
        final String binary = name.replace('.', '$');
        return packageName.isEmpty() ? binary : packageName + "." + binary;
    }

    /** The fully qualified name. */
    public String qualifiedName() {
        return packageName.isEmpty() ? name : packageName + "." + name;
    }
}
