package dev.hemline.benchmarks.scale;

import dev.hemline.benchmarks.peer.stream.PeerModel;
import dev.hemline.model.publish.ModelPublisher;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.UserError;
import dev.hemline.testbed.audit.AuditReport;
import dev.hemline.testbed.audit.StreamAudit;
import dev.hemline.testbed.broker.EmbeddedBroker;
import dev.hemline.testbed.tap.GroupMembers;
import dev.hemline.testbed.tap.GroupOffsets;
import dev.hemline.testbed.untrained.UntrainedModel;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** A broker in this JVM with classifiers beside it, ready to be given work. */
final class Stage implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration TICK = Duration.ofMillis(20);
    private static final String MODEL = "scaled";

    private final EmbeddedBroker broker;
    private final Backlogs backlogs;
    private final GroupOffsets offsets;
    private final Classifiers classifiers;
    private final StreamAudit audit;
    private final KafkaSettings kafka;
    private final int instances;

    private Stage(EmbeddedBroker broker, Setting setting, PeerModel served, Path folder) {
        this.broker = broker;
        this.kafka = KafkaSettings.of(broker.bootstrapServers());
        this.instances = setting.instances();
        KafkaTopics.ensure(
                kafka,
                Topics.ALL.stream()
                        .map(topic -> partitioned(topic, setting.partitions()))
                        .toList());
        UntrainedModel model = served.published();
        try (var models = ModelPublisher.open(MODEL, kafka.client(Map.of()))) {
            models.publish(model.draft(), model.archive());
        }
        audit = new StreamAudit(kafka, PATIENCE);
        backlogs = new Backlogs(kafka);
        offsets = new GroupOffsets(kafka, Classifiers.GROUP);
        classifiers = Classifiers.start(setting.instances(), served.precision(), kafka, folder);
    }

    /** @param folder for the broker's data, local state and logs; made if missing */
    static Stage open(Setting setting, PeerModel served, Path folder) {
        EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), 0);
        try {
            return new Stage(broker, setting, served, folder);
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    private static Topic<?, ?> partitioned(Topic<?, ?> topic, int partitions) {
        return List.of(Topics.IMAGE_EVENTS, Topics.CLASSIFICATIONS).contains(topic)
                ? new Topic<>(topic.name(), topic.keySerde(), topic.valueSerde(), partitions, topic.config())
                : topic;
    }

    /** Waits until every instance is there; one that comes late would find the work done. Warming up comes after. */
    void awaitAll() throws InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        try (var members = new GroupMembers(kafka, Classifiers.GROUP)) {
            while (!members.settled(instances * Classifiers.THREADS)) {
                classifiers.requireRunning();
                if (Instant.now().isAfter(deadline)) {
                    throw new UserError("Not every classifier joined within " + PATIENCE.toSeconds() + " s; see "
                            + classifiers.logs().get(0).getParent());
                }
                Thread.sleep(TICK.toMillis());
            }
        }
    }

    /** One backlog after the other. */
    Work work(Pictures pictures, int backlog, int times) throws InterruptedException {
        Work all = Work.NONE;
        for (int i = 0; i < times; i++) {
            all = all.plus(work(pictures, backlog));
        }
        return all;
    }

    private Work work(Pictures pictures, int backlog) throws InterruptedException {
        Map<TopicPartition, Long> ends = backlogs.prepare(pictures, backlog);
        Duration used = classifiers.processorTime();
        long from = System.nanoTime();
        backlogs.release();
        await(ends);
        return new Work(
                backlog,
                Duration.ofNanos(System.nanoTime() - from),
                classifiers.processorTime().minus(used));
    }

    private void await(Map<TopicPartition, Long> ends) throws InterruptedException {
        long last = -1;
        Instant deadline = Instant.now();
        while (!offsets.reached(ends)) {
            classifiers.requireRunning();
            long now = offsets.sum(Topics.IMAGE_EVENTS);
            if (now > last) {
                last = now;
                deadline = Instant.now().plus(PATIENCE);
            } else if (Instant.now().isAfter(deadline)) {
                throw new UserError("No event was done with for " + PATIENCE.toSeconds() + " s; see "
                        + classifiers.logs().get(0).getParent());
            }
            Thread.sleep(TICK.toMillis());
        }
    }

    /** What became of every event so far. */
    Outcomes outcomes() {
        Map<TopicPartition, Long> ends = audit.mark();
        Map<TopicPartition, Long> begin = new HashMap<>(ends);
        // The broker is new.
        begin.replaceAll((partition, end) -> 0L);
        AuditReport counted = audit.count(begin, ends);
        return new Outcomes(counted.sent(), counted.missing() + counted.rejected(), counted.duplicated());
    }

    @Override
    public void close() {
        classifiers.close();
        offsets.close();
        backlogs.close();
        broker.close();
    }
}
