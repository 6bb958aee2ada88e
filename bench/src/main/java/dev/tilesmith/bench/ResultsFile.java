package dev.tilesmith.bench;

import dev.tilesmith.bench.report.JsonReport;
import dev.tilesmith.bench.report.Measurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code peers.json}, which the benches of products and of layers share: each leaves alone what the other wrote. */
record ResultsFile(Path path) {
    /** Writes products in the place of all that it has. */
    void writeProducts(List<Measurement> products) throws IOException {
        write(Stream.concat(products.stream(), layers().stream()));
    }

    /** Writes measurements of a layer in the place of those that it has of the same layer and format. */
    void replace(List<Measurement> measurements) throws IOException {
        write(Stream.concat(
                read().stream().filter(old -> measurements.stream()
                        .noneMatch(recent -> recent.format().equals(old.format())
                                && recent.layer().equals(old.layer()))),
                measurements.stream()));
    }

    /** All measurements of layers. */
    List<Measurement> layers() throws IOException {
        return read().stream().filter(old -> !old.layer().isEmpty()).toList();
    }

    private List<Measurement> read() throws IOException {
        return Files.exists(path) ? JsonReport.read(Files.readString(path)) : List.of();
    }

    private void write(Stream<Measurement> measurements) throws IOException {
        Files.writeString(path, JsonReport.of(measurements.toList()));
    }
}
