package dev.hemline.quickstart.demo;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Sends this JVM's log lines to a file while it is open: on the screen they would tear the status apart. */
final class LogFile implements AutoCloseable {
    private final Logger root;
    private final List<Appender<ILoggingEvent>> before = new ArrayList<>();
    private final FileAppender<ILoggingEvent> file = new FileAppender<>();

    private LogFile(LoggerContext context, Path path) {
        root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{0} - %msg%n%ex{12}");
        encoder.start();
        file.setContext(context);
        file.setFile(path.toString());
        file.setEncoder(encoder);
        file.start();
    }

    static LogFile redirect(Path path) {
        var log = new LogFile((LoggerContext) LoggerFactory.getILoggerFactory(), path);
        log.root.iteratorForAppenders().forEachRemaining(log.before::add);
        log.before.forEach(log.root::detachAppender);
        log.root.addAppender(log.file);
        return log;
    }

    @Override
    public void close() {
        root.detachAppender(file);
        file.stop();
        before.forEach(root::addAppender);
    }
}
