package dev.tilesmith.kernel.dispatch;

import java.util.List;
import java.util.ResourceBundle;

/**
 * A log whose messages are kept.
 *
 * @param messages where they are put
 */
record HeardLog(List<String> messages) implements System.Logger {
    @Override
    public String getName() {
        return "heard";
    }

    @Override
    public boolean isLoggable(Level level) {
        return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
        messages.add(message);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Object... parameters) {
        messages.add(message);
    }
}
