package dev.tilesmith.builds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * README, of which these projects are the proof.
 *
 * @param text all of it
 */
record Readme(String text) {
    private static final Pattern FENCED = Pattern.compile("(?ms)^```([a-z]*)\n(.*?)^```$");

    static Readme read() throws IOException {
        return new Readme(Files.readString(Path.of("../../README.md")));
    }

    /** Its blocks of a language, in order; an empty one is that of commands and what is printed. */
    List<String> blocks(String language) {
        return FENCED.matcher(text)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    /** Its commands that begin so, each with the lines that continue it. */
    List<String> commands(String beginning) {
        return blocks("").stream()
                .flatMap(block -> Pattern.compile("(?m)^" + Pattern.quote(beginning) + "(.*\\\\\n)*.*$")
                        .matcher(block)
                        .results()
                        .map(MatchResult::group))
                .toList();
    }
}
