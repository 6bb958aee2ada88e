package dev.tilesmith.sample.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Sentences to word pieces, as a {@code tokenizer.json} says, with the special tokens at both ends. */
public final class WordPieces implements AutoCloseable {
    /** The library fetches a native variant for CUDA where it sees a GPU, unless told which to take: the jar's own. */
    private static final String FLAVOR = "RUST_FLAVOR";

    private final HuggingFaceTokenizer tokenizer;

    /**
     * A tokenizer that cuts sentences to {@code maxTokens}, special tokens included.
     *
     * @param json the text of a {@code tokenizer.json}
     */
    public WordPieces(byte[] json, int maxTokens) {
        if (System.getProperty(FLAVOR) == null) {
            System.setProperty(FLAVOR, "cpu");
        }
        final Map<String, String> options =
                Map.of("truncation", "true", "padding", "false", "maxLength", Integer.toString(maxTokens));
        try {
            this.tokenizer = HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options);
        } catch (IOException e) {
            throw new UncheckedIOException("tokenizer: " + e.getMessage(), e);
        }
    }

    /** The tokens of a sentence. */
    public int[] tokens(String sentence) {
        final long[] ids = tokenizer.encode(sentence).getIds();
        final int[] tokens = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            tokens[i] = Math.toIntExact(ids[i]);
        }
        return tokens;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
