package dev.tilesmith.sweep.report.record;

import java.util.List;

/**
 * What the bench wrote of others that multiply matrices: {@code peers.json}, without the layers that it has too.
 *
 * @param rows one for each implementation and product
 */
public record PeersFile(List<Row> rows) {
    private static final String PRODUCT = "matmul";

    /** Copies the rows. */
    public PeersFile {
        rows = List.copyOf(rows);
    }

    /**
     * One implementation at one product.
     *
     * @param format formats of result, left and right operand: {@code f32_f32_f32}
     * @param m rows
     * @param n output channels
     * @param k values that one result sums over
     * @param cold whether weights come from memory
     * @param threads on how many threads
     * @param impl who computed
     * @param gops operations in a nanosecond, in the median
     */
    public record Row(String format, int m, int n, int k, boolean cold, int threads, String impl, double gops) {}

    /**
     * Reads the text of a file.
     *
     * @throws IllegalArgumentException if it is none, naming the place and what would be right there
     */
    public static PeersFile parse(String text) {
        return new PeersFile(Field.parse("peers", text).items().stream()
                .filter(PeersFile::isProduct)
                .map(PeersFile::row)
                .toList());
    }

    /** Layers are of no interest here, though they have such extents too. */
    private static boolean isProduct(Field row) {
        return row.find("op").map(Field::text).orElse(PRODUCT).equals(PRODUCT);
    }

    private static Row row(Field row) {
        return new Row(
                row.get("format").text(),
                row.get("m").whole(1, Integer.MAX_VALUE),
                row.get("n").whole(1, Integer.MAX_VALUE),
                row.get("k").whole(1, Integer.MAX_VALUE),
                row.find("cold").map(Field::truth).orElse(false),
                row.get("threads").whole(1, Integer.MAX_VALUE),
                row.get("impl").text(),
                row.get("gops").positive());
    }
}
