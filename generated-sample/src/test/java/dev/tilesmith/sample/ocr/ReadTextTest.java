package dev.tilesmith.sample.ocr;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.sample.layers.Kernels;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Images end to end, beside ONNX Runtime with the same files. */
class ReadTextTest {
    private static final OcrNetwork FINDER = OcrNetwork.finder();
    private static final OcrNetwork READER = OcrNetwork.reader();
    private static final Kernels KERNELS = Kernels.f32();

    /** Of the largest result of a step, how far another may be: the mean of a large map is a sum of many, in another order. */
    private static final double TOLERANCE = 2e-4;

    private static final PageReader OURS = PageReader.of(FINDER, READER, KERNELS);

    private static PeerReader peer;

    @BeforeAll
    static void open() throws Exception {
        peer = new PeerReader(FINDER, READER, 1);
    }

    @AfterAll
    static void close() throws Exception {
        peer.close();
    }

    @Test
    void fiftyLinesAreReadAsOnnxRuntimeReadsThem() throws Exception {
        int lines = 0;
        int right = 0;
        for (final DrawnPage page : DrawnLines.pages(5)) {
            final RgbImage image = page.draw();
            final List<String> read = texts(OURS.read(image));
            assertEquals(texts(peer.pages().read(image)), read);
            lines += read.size();
            right += right(page, read);
        }
        assertEquals(50, lines);
        assertTrue(right >= 49, "read right: " + right);
    }

    @Test
    void int8ReadsAsManyRightButForFew() throws Exception {
        final PageReader int8 = PageReader.of(FINDER, READER, Kernels.int8());
        int right = 0;
        for (final DrawnPage page : DrawnLines.pages(5)) {
            right += right(page, texts(int8.read(page.draw())));
        }
        assertTrue(right >= 48, "read right: " + right);
    }

    /** How many lines are read right. The model is for Chinese first: it leaves out spaces, and has wide commas. */
    private static int right(DrawnPage page, List<String> read) {
        assertEquals(page.lines().size(), read.size(), read::toString);
        int right = 0;
        for (int i = 0; i < read.size(); i++) {
            right += dense(page.lines().get(i).text()).equals(dense(read.get(i))) ? 1 : 0;
        }
        return right;
    }

    @Test
    void thePageOfTheSampleIsRead() throws Exception {
        final RgbImage image = SamplePage.PAGE.draw();
        final List<TextLine> lines = OURS.read(image);
        assertEquals(texts(peer.pages().read(image)), texts(lines));
        assertEquals("Tilesmith reads this page.", lines.getFirst().text());
    }

    @Test
    void aPageThatLiesAskewIsReadAsOnnxRuntimeReadsIt() throws Exception {
        final Box askew = new Box(new Point(400, 208), 800, 416, 0.05);
        assertReadAsOnnxRuntimeDoes(askew.frame(800, 416).sample(SamplePage.PAGE.draw(), 800, 416));
    }

    /** Lines run from top to bottom. */
    @Test
    void aPageThatLiesOnItsSideIsReadAsOnnxRuntimeReadsIt() throws Exception {
        final Frame onItsSide = new Frame(0, 415, 0, -1, 1, 0);
        assertReadAsOnnxRuntimeDoes(onItsSide.sample(SamplePage.PAGE.draw(), 416, 800));
    }

    private static void assertReadAsOnnxRuntimeDoes(RgbImage image) throws Exception {
        final List<String> read = texts(OURS.read(image));
        assertEquals(texts(peer.pages().read(image)), read);
        assertTrue(read.contains("Tilesmith reads this page."), read::toString);
    }

    @Test
    void anEmptyPageHasNoLines() throws Exception {
        final RgbImage image = new DrawnPage(List.of(), 64).draw();
        assertEquals(List.of(), OURS.read(image));
    }

    @Test
    void eachStepWhereLinesAreFoundIsNearOnnxRuntimes() throws Exception {
        final RgbImage image = LineFinder.prepared(SamplePage.PAGE.draw());
        assertNear(LayerDifferences.of(FINDER, KERNELS, image));
    }

    @Test
    void eachStepWhereLinesAreReadIsNearOnnxRuntimes() throws Exception {
        final RgbImage image = SamplePage.PAGE.draw();
        final Box first = OURS.finder().find(image).getFirst();
        assertNear(LayerDifferences.of(READER, KERNELS, LineReader.prepared(image, first)));
    }

    private static void assertNear(List<LayerDifferences.Difference> differences) {
        assertAll(differences.stream()
                .<Executable>map(
                        difference -> () -> assertTrue(difference.relative() <= TOLERANCE, difference::toString)));
    }

    private static List<String> texts(List<TextLine> lines) {
        return lines.stream().map(TextLine::text).toList();
    }

    /** Without spaces, and with narrow punctuation. */
    private static String dense(String text) {
        return text.replace(" ", "").replace('，', ',').replace('：', ':').replace('；', ';');
    }
}
