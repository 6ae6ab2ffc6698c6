package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.peer.Contender;
import dev.hemline.benchmarks.peer.PeerModel;
import dev.hemline.benchmarks.stream.Dimension.Point;
import dev.hemline.benchmarks.stream.Dimension.Setting;
import dev.hemline.event.ImageEvent;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.testbed.child.ChildCommand;
import dev.hemline.testbed.stream.ConsumerGroup;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A broker in this JVM for each setting, with classifiers beside it, all of them there at the same time; who has no turn has
 * nothing to do.
 */
final class BrokerStages implements ScaleBench.Stages {
    private static final String NAME = "bench-scale";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration TICK = Duration.ofMillis(20);

    private final LabelledImages images;
    private final PeerModel model;
    private final int warmUp;
    private final EventWriter writer;
    private final Path folder;
    private final Map<Setting, Stage> stages = new LinkedHashMap<>();
    private final Map<Integer, Pictures> pictures = new HashMap<>();

    /** @param folder for brokers' data, local state and logs; made if missing */
    BrokerStages(LabelledImages images, PeerModel model, int warmUp, EventWriter writer, Path folder) {
        this.images = images;
        this.model = model;
        this.warmUp = warmUp;
        this.writer = writer;
        this.folder = folder;
    }

    @Override
    public void warmUp(Point point) throws InterruptedException {
        Stage stage = stages.get(point.setting());
        if (stage == null) {
            stage = new Stage(point.setting());
            stages.put(point.setting(), stage);
            stage.awaitMembers();
        }
        if (stage.warm.add(Map.entry(point.format(), point.imageBytes()))) {
            var unused = stage.work(point, ScaleBench.fewOfLarge(warmUp, point.imageBytes()));
        }
    }

    @Override
    public Work turn(Point point) throws InterruptedException {
        Stage stage = Objects.requireNonNull(stages.get(point.setting()));
        Work all = Work.NONE;
        for (int i = 0; i < point.times(); i++) {
            all = all.plus(stage.work(point, point.backlog()));
        }
        return all;
    }

    @Override
    public Outcomes outcomes() {
        return stages.values().stream().map(stage -> stage.stream.outcomes()).reduce(Outcomes.NONE, Outcomes::plus);
    }

    private Pictures pictures(Point point) {
        return pictures.computeIfAbsent(point.imageBytes(), bytes -> Pictures.of(images, bytes));
    }

    @Override
    public void close() {
        stages.values().forEach(Stage::close);
    }

    private static Topic<?, ?> partitioned(Topic<?, ?> topic, int partitions) {
        return List.of(Topics.IMAGE_EVENTS, Topics.CLASSIFICATIONS).contains(topic)
                ? new Topic<>(topic.name(), topic.keySerde(), topic.valueSerde(), partitions, topic.config())
                : topic;
    }

    /**
     * One setting. Backlogs are there all at once: each is a transaction, and classifiers read nothing of it before it is
     * committed.
     */
    private final class Stage implements AutoCloseable {
        private final Setting setting;
        private final LocalStream stream;
        private final ClassifierGroup classifiers;
        private final Producer<byte[], byte[]> producer;
        /** Formats and sizes of images that its classifiers have seen enough of. */
        private final Set<Map.Entry<EventFormat, Integer>> warm = new HashSet<>();

        private long sent;

        Stage(Setting setting) {
            this.setting = setting;
            Path place = folder.resolve(setting.partitions() + "-partitions-" + setting.instances() + "-instances");
            List<Topic<?, ?>> topics = Topics.ALL.stream()
                    .<Topic<?, ?>>map(topic -> partitioned(topic, setting.partitions()))
                    .toList();
            stream = new LocalStream(place, NAME, images, topics);
            stream.publish(model.published());
            Map<String, Object> settings = stream.kafka()
                    .client(Map.of(
                            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                            NAME,
                            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                            600_000,
                            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                            2 << 20,
                            ProducerConfig.LINGER_MS_CONFIG,
                            10));
            producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
            producer.initTransactions();
            List<ChildCommand> commands = IntStream.range(0, setting.instances())
                    .mapToObj(i -> Contender.classifier(
                            new Contender.Assignment(stream.kafka(), NAME, model, place.resolve("state-" + i)),
                            writer.classifierFlags().toArray(String[]::new)))
                    .toList();
            classifiers = stream.start(NAME, TICK, commands);
        }

        /** Waits until every instance is there; one that comes late would find the work done. Warming up comes after. */
        void awaitMembers() throws InterruptedException {
            try (var members = new ConsumerGroup(stream.kafka(), NAME)) {
                int all = setting.instances() * Contender.THREADS;
                classifiers.await("every classifier to join", PATIENCE, () -> members.settled(all));
            }
        }

        /** One backlog. */
        Work work(Point point, int backlog) throws InterruptedException {
            Map<TopicPartition, Long> ends = prepare(point, backlog);
            Duration used = classifiers.processorTime();
            long from = System.nanoTime();
            producer.commitTransaction();
            classifiers.await(ends);
            return new Work(
                    backlog,
                    Duration.ofNanos(System.nanoTime() - from),
                    classifiers.processorTime().minus(used));
        }

        /** Brings events to the broker, where nobody sees them yet; gives where they end, per partition that has any. */
        private Map<TopicPartition, Long> prepare(Point point, int events) {
            Pictures shown = pictures(point);
            Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
            producer.beginTransaction();
            for (int i = 0; i < events; i++) {
                // The commit fails if any of them did.
                var unused = producer.send(writer.record(point.format(), event(shown, sent++)), (where, failure) -> {
                    if (failure == null) {
                        var partition = new TopicPartition(where.topic(), where.partition());
                        ends.merge(partition, where.offset() + 1, Math::max);
                    }
                });
            }
            producer.flush();
            return new HashMap<>(ends);
        }

        private static ImageEvent event(Pictures shown, long n) {
            return ImageEvent.newBuilder()
                    .setId(NAME + "-" + n)
                    .setSource(NAME)
                    .setCapturedAt(Instant.now())
                    .setFormat(shown.format())
                    .setWidth(shown.side())
                    .setHeight(shown.side())
                    .setContent(shown.content(n))
                    .build();
        }

        @Override
        public void close() {
            classifiers.close();
            producer.close();
            stream.close();
        }
    }
}
