package dev.tilesmith.sweep.report.browser;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The DevTools protocol: calls and their answers, and events, as JSON over a web socket. */
final class DevTools implements AutoCloseable {
    private static final long MOST_SECONDS = 60;

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
    private final List<JsonObject> events = new CopyOnWriteArrayList<>();
    private final WebSocket socket;

    private DevTools(URI address) {
        this.socket = client.newWebSocketBuilder()
                .buildAsync(address, new Messages(this::receive))
                .orTimeout(MOST_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    static DevTools connect(URI address) {
        return new DevTools(address);
    }

    /** What a method answers; the empty session is the browser's own. */
    JsonObject call(String method, JsonObject parameters, String session) {
        final int id = calls.incrementAndGet();
        final JsonObject message = new JsonObject();
        message.addProperty("id", id);
        message.addProperty("method", method);
        message.add("params", parameters);
        if (!session.isEmpty()) {
            message.addProperty("sessionId", session);
        }
        final CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText(message.toString(), true).join();
        final JsonObject answered =
                answer.orTimeout(MOST_SECONDS, TimeUnit.SECONDS).join();
        if (!answered.has("result")) {
            throw new IllegalStateException(method + ": " + answered);
        }
        return answered.getAsJsonObject("result");
    }

    /** Events of a session so far. */
    List<JsonObject> events(String session) {
        return events.stream()
                .filter(event -> event.has("sessionId")
                        && event.get("sessionId").getAsString().equals(session))
                .toList();
    }

    private void receive(String text) {
        final JsonObject message = JsonParser.parseString(text).getAsJsonObject();
        if (message.has("id")) {
            answers.remove(message.get("id").getAsInt()).complete(message);
        } else {
            events.add(message);
        }
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
    }

    /** Messages put together from the parts that they come in. */
    private static final class Messages implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();
        private final Consumer<String> receiver;

        Messages(Consumer<String> receiver) {
            this.receiver = receiver;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                receiver.accept(parts.toString());
                parts.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(part);
        }
    }
}
