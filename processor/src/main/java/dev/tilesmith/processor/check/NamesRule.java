package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declared;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.model.TypeNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The types to be generated are not there yet, and their files have names that file systems take. */
public final class NamesRule<D extends Declared> implements Rule<D> {
    /** What Linux and macOS take, in UTF-8; Windows counts characters, which are fewer. */
    private static final int LONGEST = 255;

    private final Function<D, List<String>> others;

    /**
     * The rule for declarations of one operation.
     *
     * @param others simple names of the types that are to be generated for a declaration beside its facade
     */
    public NamesRule(Function<D, List<String>> others) {
        this.others = others;
    }

    @Override
    public List<Finding> check(D declaration) {
        final TypeNames names = new TypeNames(declaration.subject());
        final List<String> types = Stream.concat(Stream.of(names.facade()), others.apply(declaration).stream())
                .toList();
        final List<Finding> findings = new ArrayList<>();
        types.stream()
                .map(names::qualified)
                .filter(declaration.scope().names()::contains)
                .map(type -> Finding.of(
                        CommonMessage.NAME_TAKEN,
                        Location.element(),
                        type,
                        declaration.subject().name()))
                .forEach(findings::add);
        Stream.concat(Stream.of(names.facade() + "$1" + names.driven()), types.stream())
                .map(type -> type + ".class") // longer than .java
                .max(Comparator.comparingInt(NamesRule::bytes))
                .filter(file -> bytes(file) > LONGEST)
                .map(file -> Finding.of(
                        CommonMessage.NAME_TOO_LONG,
                        Location.element(),
                        declaration.subject().name(),
                        bytes(file) - LONGEST,
                        file,
                        bytes(file),
                        LONGEST))
                .ifPresent(findings::add);
        return findings;
    }

    private static int bytes(String file) {
        return file.getBytes(StandardCharsets.UTF_8).length;
    }
}
