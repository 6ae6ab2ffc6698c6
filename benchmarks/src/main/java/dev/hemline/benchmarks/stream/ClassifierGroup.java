package dev.hemline.benchmarks.stream;

import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import dev.hemline.testbed.child.ChildCommand;
import dev.hemline.testbed.child.ChildProcess;
import dev.hemline.testbed.stream.ConsumerGroup;
import dev.hemline.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/** Processes that classify as one consumer group, and how far they are. */
public final class ClassifierGroup implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ConsumerGroup offsets;
    private final Duration tick;
    private final List<ChildProcess> processes = new ArrayList<>();
    private final long begun = System.nanoTime();
    private Work latest = Work.NONE;

    /** Something to wait for. */
    @FunctionalInterface
    public interface Condition {
        boolean met() throws InterruptedException;
    }

    /**
     * Starts processes; they end when this is closed.
     *
     * @param folder for logs
     * @param tick between two looks at what is waited for
     */
    ClassifierGroup(KafkaSettings kafka, String group, List<ChildCommand> commands, Path folder, Duration tick) {
        this.offsets = new ConsumerGroup(kafka, group);
        this.tick = tick;
        try {
            for (ChildCommand command : commands) {
                String number = commands.size() == 1 ? "" : "-" + processes.size();
                processes.add(ChildProcess.start(command, folder.resolve(group + number + ".log")));
            }
        } catch (UserError e) {
            close();
            throw e;
        }
    }

    /** What one of them takes from the machine. */
    public ProcessFigures figures() {
        return new ProcessFigures(processes.get(0).pid());
    }

    /** What they have done and used since they were started. */
    public Work work() {
        long events = done();
        Duration wall = Duration.ofNanos(System.nanoTime() - begun);
        return new Work(events, wall, processorTime());
    }

    /** What they have used since they began, together. */
    public Duration processorTime() {
        return processes.stream()
                .map(process -> new ProcessFigures(process.pid()).processorTime())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Image events that they are done with, from the first on their topic on: the results are committed. */
    public long done() {
        return offsets.sum(Topics.IMAGE_EVENTS);
    }

    /** The work until so many events are done with, however long that takes. */
    public Work await(long events) throws InterruptedException {
        awaitCount(this::look, events);
        return latest;
    }

    /** The same, or until time is over. */
    public Work await(long events, Duration longest) throws InterruptedException {
        var unused = within(longest, () -> look() >= events);
        return latest;
    }

    private long look() {
        latest = work();
        return latest.events();
    }

    /** Waits until all before these offsets is done with, however long that takes. */
    public void await(Map<TopicPartition, Long> ends) throws InterruptedException {
        awaitCount(() -> offsets.reached(ends) ? Long.MAX_VALUE : done(), Long.MAX_VALUE);
    }

    /**
     * Waits until a count is high enough, as long as it rises.
     *
     * @throws UserError if it does not for two minutes
     */
    public void awaitCount(LongSupplier count, long enough) throws InterruptedException {
        long last = -1;
        long deadline = 0;
        for (long now = count.getAsLong(); now < enough; now = count.getAsLong()) {
            if (now > last) {
                last = now;
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() - deadline > 0) {
                throw new UserError("No event was done with for " + PATIENCE.toSeconds() + " s, after " + last
                        + "; see " + processes.get(0).log());
            }
            pause();
        }
    }

    /** @throws UserError if it is not so in time */
    public void await(String what, Duration patience, Condition condition) throws InterruptedException {
        if (!within(patience, condition)) {
            throw new UserError("Waited for " + what + " more than " + patience.toSeconds() + " s; see "
                    + processes.get(0).log());
        }
    }

    private boolean within(Duration longest, Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.met()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            pause();
        }
        return true;
    }

    private void pause() throws InterruptedException {
        processes.forEach(ChildProcess::requireRunning);
        Thread.sleep(tick.toMillis());
    }

    /** Asks them to end and waits for that. */
    public void stop() throws InterruptedException {
        for (ChildProcess process : processes) {
            process.stop(PATIENCE);
        }
    }

    @Override
    public void close() {
        processes.forEach(ChildProcess::close);
        offsets.close();
    }
}
