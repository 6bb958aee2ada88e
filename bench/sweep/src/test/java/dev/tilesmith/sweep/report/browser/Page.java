package dev.tilesmith.sweep.report.browser;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** A page in a browser. */
public final class Page {
    private static final int HEIGHT = 900;
    private static final Set<String> COMPLAINTS =
            Set.of("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded");

    private final DevTools tools;
    private final String session;

    private Page(DevTools tools, String session) {
        this.tools = tools;
        this.session = session;
    }

    static Page load(DevTools tools, String session, URI address, int width, ColourScheme scheme) {
        final Page page = new Page(tools, session);
        Stream.of("Page.enable", "Runtime.enable", "Log.enable", "Network.enable")
                .forEach(method -> page.call(method, new JsonObject()));
        page.call("Emulation.setDeviceMetricsOverride", metrics(width));
        page.call("Emulation.setEmulatedMedia", media(scheme));
        final JsonObject where = new JsonObject();
        where.addProperty("url", address.toString());
        page.call("Page.navigate", where);
        page.awaitLoad();
        return page;
    }

    private static JsonObject metrics(int width) {
        final JsonObject metrics = new JsonObject();
        metrics.addProperty("width", width);
        metrics.addProperty("height", HEIGHT);
        metrics.addProperty("deviceScaleFactor", 1);
        metrics.addProperty("mobile", width < 600);
        return metrics;
    }

    private static JsonObject media(ColourScheme scheme) {
        final JsonObject feature = new JsonObject();
        feature.addProperty("name", "prefers-color-scheme");
        feature.addProperty("value", scheme.code());
        final JsonArray features = new JsonArray();
        features.add(feature);
        final JsonObject media = new JsonObject();
        media.add("features", features);
        return media;
    }

    /** The state of the new page, not of the empty one before it. */
    private void awaitLoad() {
        evaluate("new Promise(done => { const look = () => location.href !== 'about:blank'"
                + " && document.readyState === 'complete' ? done('') : setTimeout(look, 20); look(); })");
    }

    /** The value of an expression of JavaScript, or what it promises. */
    public JsonElement evaluate(String expression) {
        final JsonObject parameters = new JsonObject();
        parameters.addProperty("expression", "(async () => JSON.stringify(await (" + expression + ")))()");
        parameters.addProperty("awaitPromise", true);
        final JsonObject answer = call("Runtime.evaluate", parameters);
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(answer.toString());
        }
        return JsonParser.parseString(
                answer.getAsJsonObject("result").get("value").getAsString());
    }

    /** What the browser found wrong, and what was written to its console. */
    public List<String> complaints() {
        return tools.events(session).stream()
                .filter(event -> COMPLAINTS.contains(event.get("method").getAsString()))
                .map(JsonObject::toString)
                .toList();
    }

    /** What was asked for, the page itself included. */
    public List<String> requests() {
        return tools.events(session).stream()
                .filter(event -> event.get("method").getAsString().equals("Network.requestWillBeSent"))
                .map(event -> event.getAsJsonObject("params")
                        .getAsJsonObject("request")
                        .get("url")
                        .getAsString())
                .toList();
    }

    /** What is to be seen first. */
    public BufferedImage screenshot() {
        final String picture =
                call("Page.captureScreenshot", new JsonObject()).get("data").getAsString();
        try {
            return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(picture)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonObject call(String method, JsonObject parameters) {
        return tools.call(method, parameters, session);
    }
}
