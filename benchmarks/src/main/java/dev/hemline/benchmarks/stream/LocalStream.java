package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.peer.Contender;
import dev.hemline.benchmarks.peer.Guarantee;
import dev.hemline.benchmarks.peer.PeerModel;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.ModelAlias;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.publish.ModelPublisher;
import dev.hemline.producer.ImageEncoding;
import dev.hemline.producer.ImageEventProducer;
import dev.hemline.producer.LabelDelivery;
import dev.hemline.producer.ProducerSettings;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.testbed.audit.StreamAudit;
import dev.hemline.testbed.broker.EmbeddedBroker;
import dev.hemline.testbed.child.ChildCommand;
import dev.hemline.testbed.untrained.UntrainedModel;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker in this JVM with Hemline's topics, what is put onto them, and processes beside it that classify. */
public final class LocalStream implements AutoCloseable {
    /** Of classifiers whose memory is watched; all of it is resident from their start, so that what grows is native. */
    static final int HEAP_MEGABYTES = 512;

    private static final String MODEL = "measured";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final EmbeddedBroker broker;
    private final KafkaSettings kafka;
    private final Path folder;
    private final String source;
    private final LabelledImages images;
    private final ModelPublisher models;

    /**
     * Opens one with test images of Fashion-MNIST.
     *
     * @param folder for the broker's data, local state and the logs of processes
     * @param source that its events name
     */
    public LocalStream(Path folder, String source) {
        this(folder, source, FashionMnist.load(null).test(), Topics.ALL);
    }

    /** @param folder made if missing */
    public LocalStream(Path folder, String source, LabelledImages images, Collection<? extends Topic<?, ?>> topics) {
        this.folder = folder;
        this.source = source;
        this.images = images;
        this.broker = EmbeddedBroker.start(folder.resolve("kafka"), 0);
        this.kafka = KafkaSettings.of(broker.bootstrapServers());
        try {
            KafkaTopics.ensure(kafka, topics);
            this.models = ModelPublisher.open(MODEL, client());
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    public KafkaSettings kafka() {
        return kafka;
    }

    /** Properties of a client with nothing but what it takes to find the broker. */
    public Map<String, Object> client() {
        return kafka.client(Map.of());
    }

    public LabelledImages images() {
        return images;
    }

    /** Puts the next version onto the topic, and tells its number: 1, 2, 3, … */
    public int publish(UntrainedModel model) {
        return models.publish(model.draft(), model.archive()).getVersion();
    }

    /** Puts that many events onto their topic, as fast as it goes, and returns when they are there. */
    public void send(long events) {
        producer(0, events, new LabelDelivery.None()).run(() -> false);
    }

    /** @param rate events per second, and {@code events} in all; 0 for no limit */
    public ImageEventProducer producer(double rate, long events, LabelDelivery labels) {
        var settings = new ProducerSettings(rate, events, ImageEncoding.GRAY8, 1, 0, labels, source);
        return new ImageEventProducer(settings, images, kafka, new SimpleMeterRegistry());
    }

    /** A producer of image events, with settings beyond what it takes to find the broker. */
    public Producer<String, ImageEvent> imageProducer(Map<String, Object> settings) {
        return new KafkaProducer<>(
                kafka.client(settings),
                Topics.IMAGE_EVENTS.keySerde().serializer(),
                Topics.IMAGE_EVENTS.valueSerde().serializer());
    }

    /** What a process in that group has to do, and where it may keep state. */
    public Contender.Assignment assignment(String group, PeerModel model) {
        return new Contender.Assignment(kafka, group, model, folder.resolve(group));
    }

    /** Starts a contender that is a group of its own. */
    public ClassifierGroup start(
            Contender contender, String group, PeerModel model, Guarantee guarantee, Duration tick) {
        Contender.Assignment assignment = assignment(group, model);
        List<ChildCommand> commands = new ArrayList<>(List.of(contender.command(assignment, guarantee)));
        contender.challenger(assignment).ifPresent(commands::add);
        return start(group, tick, commands);
    }

    /** Has challengers answer with that version, should there be any. */
    public void challenge(int version) {
        var alias = new ModelAlias(MODEL, ModelKey.Alias.CHALLENGER, version, Instant.now(), "bench", "");
        try (var producer = new KafkaProducer<>(client(), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.MODELS.name(),
                            new ModelKey.Alias(MODEL, ModelKey.Alias.CHALLENGER).toString(),
                            EventSerde.of(ModelAlias.class).encode(alias)))
                    .get();
        } catch (ExecutionException e) {
            throw new KafkaException("The challenger was not named", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while the challenger was named", e);
        }
    }

    /** Starts processes that share the work of a group. */
    public ClassifierGroup start(String group, Duration tick, List<ChildCommand> commands) {
        return new ClassifierGroup(kafka, group, commands, folder, tick);
    }

    /** Starts a classifier whose memory can be watched. */
    public ClassifierGroup startWatched(String group, Duration tick, List<String> flags) {
        List<String> arguments = new ArrayList<>(List.of(
                "--bootstrap-servers", kafka.bootstrapServers(), "--http-port", "0", "--application-id", group));
        arguments.addAll(flags);
        ChildCommand command = ChildCommand.of("classifier", HEAP_MEGABYTES + "m", arguments)
                .with("-Xms" + HEAP_MEGABYTES + "m", "-XX:+AlwaysPreTouch");
        return start(group, tick, List.of(command));
    }

    /** Lets a group that has no member yet begin with the next event: what others have classified is not its business. */
    public void beginAtNextEvent(String group) {
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        imageEnds().forEach((partition, end) -> next.put(partition, new OffsetAndMetadata(end)));
        Map<String, Object> settings = kafka.client(Map.of(ConsumerConfig.GROUP_ID_CONFIG, group));
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.commitSync(next);
        }
    }

    /** Where the topic of image events ends. */
    Map<TopicPartition, Long> imageEnds() {
        try (var reader = new TopicReader(client())) {
            return reader.writtenEnds(List.of(Topics.IMAGE_EVENTS));
        }
    }

    /** What became of all events: the broker was new. */
    Outcomes outcomes() {
        var audit = new StreamAudit(kafka, PATIENCE);
        Map<TopicPartition, Long> ends = audit.mark();
        Map<TopicPartition, Long> begin = new HashMap<>(ends);
        begin.replaceAll((partition, end) -> 0L);
        return Outcomes.of(audit.count(begin, ends));
    }

    @Override
    public void close() {
        models.close();
        broker.close();
    }
}
