package dev.tilesmith.sweep.report.browser;

import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Chromium without a window. */
public final class Browser implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");

    private final Process process;
    private final DevTools tools;

    private Browser(Process process, DevTools tools) {
        this.process = process;
        this.tools = tools;
    }

    /** Starts one. */
    public static Browser start(Path executable, Path folder) throws IOException {
        final Process process = new ProcessBuilder(List.of(
                        executable.toString(),
                        "--headless",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + folder,
                        "--no-first-run",
                        "about:blank"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return new Browser(process, DevTools.connect(address(process)));
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** It says where it listens among other things; the rest of what it says is read too, lest it wait for a reader. */
    private static URI address(Process process) throws IOException {
        final StringBuilder said = new StringBuilder();
        final BufferedReader errors = process.errorReader(StandardCharsets.UTF_8);
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            said.append(line).append('\n');
            final Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                Thread.ofVirtual().start(() -> errors.lines().forEach(_ -> {}));
                return URI.create(listening.group(1));
            }
        }
        throw new IOException("the browser ended:\n" + said);
    }

    /** A page that has been loaded. */
    public Page open(URI address, int width, ColourScheme scheme) {
        final JsonObject blank = new JsonObject();
        blank.addProperty("url", "about:blank");
        final String target =
                tools.call("Target.createTarget", blank, "").get("targetId").getAsString();
        final JsonObject attach = new JsonObject();
        attach.addProperty("targetId", target);
        attach.addProperty("flatten", true);
        final String session =
                tools.call("Target.attachToTarget", attach, "").get("sessionId").getAsString();
        return Page.load(tools, session, address, width, scheme);
    }

    @Override
    public void close() {
        tools.close();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
