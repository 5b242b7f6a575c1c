package io.weekly.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** The log lines of this JVM, from the level INFO, until this is closed. Those of the validator that checks answers are left out. */
public final class LogLines extends Handler implements AutoCloseable {

    private static final String VALIDATOR = "com.networknt.";

    private final Logger root = Logger.getLogger("");
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final List<String> texts = new CopyOnWriteArrayList<>();

    /** A line without its parameters. */
    public record Line(String level, String logger, String text) {}

    public LogLines() {
        root.addHandler(this);
    }

    public List<Line> lines() {
        return List.copyOf(lines);
    }

    /** All lines with their parameters and the messages of their exceptions. */
    public List<String> texts() {
        return List.copyOf(texts);
    }

    @Override
    public void publish(LogRecord line) {
        if (line.getLevel().intValue() >= Level.INFO.intValue() && !String.valueOf(line.getLoggerName()).startsWith(VALIDATOR)) {
            lines.add(new Line(line.getLevel().getName(), line.getLoggerName(), line.getMessage()));
            texts.add("%s %s".formatted(
                    line instanceof ExtLogRecord ours ? ours.getFormattedMessage() : line.getMessage(), line.getThrown()));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        root.removeHandler(this);
    }
}
