package dev.tilesmith.tune;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.cpu.Cpu;
import dev.tilesmith.cpu.CpuFeature;
import dev.tilesmith.word.Vocabulary;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a profile is of. A name alone is no key: virtual machines call generations of CPUs by one.
 *
 * @param cpu the model, as the system or the maker calls it
 * @param signature how the CPU identifies itself, as in {@link Cpu}; empty where that is not known
 * @param features what it has of its architecture's extensions, in the order of {@link CpuFeature}; unmodifiable
 * @param caches its data caches
 * @param jdk the feature release of the JDK: its JIT compiler makes the Java families
 */
public record Machine(String cpu, String signature, Set<CpuFeature> features, CacheSizes caches, int jdk) {
    private static final int LONGEST_NAME = 100;
    private static final int LATEST_JDK = 9999;
    private static final int KIB = 1024;

    /**
     * Checks the parts, and copies the set.
     *
     * @throws IllegalArgumentException if a text is not of printable ASCII on one line, features are of two architectures,
     *     or the JDK is of no release
     */
    public Machine {
        PlainText.check("cpu", cpu, LONGEST_NAME);
        PlainText.check("signature", signature, LONGEST_NAME);
        if (cpu.isEmpty()) {
            throw new IllegalArgumentException("cpu: ''; expected a name");
        }
        features = ofOneArchitecture(features);
        if (jdk < 1 || jdk > LATEST_JDK) {
            throw new IllegalArgumentException("jdk: " + jdk + "; expected 1 to " + LATEST_JDK);
        }
    }

    /** A CPU with this JVM. */
    public static Machine of(Cpu cpu) {
        final String name = PlainText.of(cpu.name(), LONGEST_NAME);
        return new Machine(
                name.isEmpty() ? "unknown" : name,
                PlainText.of(cpu.signature(), LONGEST_NAME),
                cpu.features(),
                cpu.caches(),
                Runtime.version().feature());
    }

    /** Its CPU for people: {@code AMD EPYC, family 25 model 1}. */
    String model() {
        return signature.isEmpty() ? cpu : cpu + ", " + signature;
    }

    /** The features as a profile has them: words with a space between. */
    public String featureWords() {
        return words(features);
    }

    /** Why what is known of this machine says nothing of another, as a clause; nothing if they are alike. */
    public Optional<String> unlike(Machine here) {
        return Stream.of(
                        difference("the CPU", cpu, here.cpu),
                        difference("the signature", signature, here.signature),
                        difference("the features", words(features), words(here.features)),
                        difference("the caches", numbers(caches), numbers(here.caches)),
                        difference("JDK", Integer.toString(jdk), Integer.toString(here.jdk)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> difference(String what, String theirs, String ours) {
        return theirs.equals(ours)
                ? Optional.empty()
                : Optional.of("it is for " + what + " '" + theirs + "', and this is '" + ours + "'");
    }

    /** The name of files for it, whatever the JDK: {@code amd-epyc-family-25-model-1-32k-512k-32768k}. */
    String slug() {
        final String words = String.join("-", cpu, signature, kib(caches.l1d()), kib(caches.l2()), kib(caches.l3()))
                .toLowerCase(Locale.ROOT);
        final StringBuilder slug = new StringBuilder();
        for (int i = 0; i < words.length(); i++) {
            final char character = words.charAt(i);
            if (isSlug(character)) {
                slug.append(character);
            } else if (!slug.isEmpty() && slug.charAt(slug.length() - 1) != '-') {
                slug.append('-');
            }
        }
        return slug.toString(); // its end is that of the caches, a letter
    }

    private static boolean isSlug(char character) {
        return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
    }

    private static String kib(int bytes) {
        return bytes / KIB + "k";
    }

    /** Its lines of a profile: what is not known has none. */
    List<String> lines() {
        return Stream.of(
                        line(Fact.CPU, cpu),
                        line(Fact.SIGNATURE, signature),
                        line(Fact.FEATURES, words(features)),
                        line(Fact.CACHES, numbers(caches)),
                        line(Fact.JDK, Integer.toString(jdk)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> line(Fact fact, String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(fact.word() + " " + value);
    }

    /** The name on a line, after its first word. */
    static String readName(Fact fact, LineWords words) {
        return PlainText.check(fact.word(), words.rest("a name"), LONGEST_NAME);
    }

    /** The features on a line, after its first word. */
    static Set<CpuFeature> readFeatures(LineWords words) {
        final Vocabulary<CpuFeature> known = new Vocabulary<>("feature", List.of(CpuFeature.values()), Machine::word);
        final Set<CpuFeature> features = EnumSet.noneOf(CpuFeature.class);
        do {
            final CpuFeature feature = known.meaning(words.next("a feature"));
            if (!features.add(feature)) {
                throw new IllegalArgumentException("features: '" + word(feature) + "' twice; expected it once");
            }
        } while (!words.isAtEnd());
        return ofOneArchitecture(features);
    }

    /** The caches on a line, after its first word. */
    static CacheSizes readCaches(LineWords words) {
        final CacheSizes caches = new CacheSizes(
                size(words, "the first-level cache", 1),
                size(words, "the second-level cache", 1),
                size(words, "the third-level cache", 0),
                size(words, "a line", 1));
        words.end();
        return caches;
    }

    private static int size(LineWords words, String what, int least) {
        return (int) words.number("bytes of " + what, least, Integer.MAX_VALUE);
    }

    /** The release on a line, after its first word. */
    static int readJdk(LineWords words) {
        final int jdk = (int) words.number("jdk", 1, LATEST_JDK);
        words.end();
        return jdk;
    }

    private static Set<CpuFeature> ofOneArchitecture(Set<CpuFeature> features) {
        final EnumSet<CpuFeature> copy = EnumSet.noneOf(CpuFeature.class);
        copy.addAll(features);
        for (final CpuFeature feature : copy) {
            if (feature.architecture() != copy.iterator().next().architecture()) {
                throw new IllegalArgumentException(
                        "features: '" + words(copy) + "' are of more than one architecture; expected one's");
            }
        }
        return Collections.unmodifiableSet(copy);
    }

    private static String words(Set<CpuFeature> features) {
        return Arrays.stream(CpuFeature.values())
                .filter(features::contains)
                .map(Machine::word)
                .collect(Collectors.joining(" "));
    }

    private static String word(CpuFeature feature) {
        return feature.name().toLowerCase(Locale.ROOT);
    }

    private static String numbers(CacheSizes caches) {
        return caches.l1d() + " " + caches.l2() + " " + caches.l3() + " " + caches.line();
    }
}
