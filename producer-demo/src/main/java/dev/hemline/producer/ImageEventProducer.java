package dev.hemline.producer;

import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.Readiness;
import dev.hemline.service.UserError;
import dev.hemline.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Sends labelled images as {@code ImageEvent}s, at a pace, until it has sent enough or is asked to stop.
 *
 * <p>{@link #run} is called once, by one thread; everything else at any time, by any thread.
 */
public final class ImageEventProducer implements Readiness {

    private final ProducerSettings settings;
    private final EventSequence events;
    private final MeterRegistry registry;
    private final DeliveryCounts counts;
    private final int images;
    private final Supplier<Producer<String, byte[]>> connection;
    private final Function<String, Consumer<?, ?>> groups;
    private final Supplier<RequestedLabels> requests;
    private final Ticker ticker;
    private final Clock clock;
    private SentListener listener = SentListener.NONE;
    private volatile boolean stopped;

    /**
     * A producer that has not connected yet.
     *
     * @param images what to send, usually the dataset's test split
     * @param registry where it counts; one that no other producer counts in
     */
    public ImageEventProducer(
            ProducerSettings settings, LabelledImages images, KafkaSettings kafka, MeterRegistry registry) {
        this(
                settings,
                images,
                () -> KafkaClients.open(kafka, settings.run()),
                group -> KafkaClients.group(kafka, group),
                () -> RequestedLabels.on(kafka),
                registry,
                Ticker.SYSTEM,
                Clock.systemUTC());
    }

    ImageEventProducer(
            ProducerSettings settings,
            LabelledImages images,
            Supplier<Producer<String, byte[]>> connection,
            Function<String, Consumer<?, ?>> groups,
            Supplier<RequestedLabels> requests,
            MeterRegistry registry,
            Ticker ticker,
            Clock clock) {
        this.settings = settings;
        this.events = new EventSequence(settings, images, clock);
        this.images = images.size();
        this.connection = connection;
        this.groups = groups;
        this.requests = requests;
        this.registry = registry;
        this.counts = new DeliveryCounts(registry);
        this.ticker = ticker;
        this.clock = clock;
    }

    /** Tells somebody what it sends; to be called before it runs. Gives this producer. */
    public ImageEventProducer telling(SentListener listener) {
        this.listener = listener;
        return this;
    }

    /**
     * Sends until the count is reached, and then on until the last late label is out. When {@code stop} says so,
     * {@link #stop} is called or the thread is interrupted, it sends the labels still pending at once and ends.
     *
     * @return what was sent; everything was acknowledged
     * @throws UserError if Kafka cannot be reached, or if an event fails for good
     */
    public Summary run(BooleanSupplier stop) {
        BooleanSupplier stopping = () -> stopping(stop);
        Producer<String, byte[]> producer = connection.get();
        try (Delivery delivery = new Delivery(producer, counts, ticker, stopping);
                KafkaClientMetrics metrics = new KafkaClientMetrics(producer)) {
            metrics.bindTo(registry);
            delivery.awaitTopic(Topics.IMAGE_EVENTS);
            boolean later = settings.labels() instanceof LabelDelivery.Late
                    || settings.labels() instanceof LabelDelivery.Requested;
            if (later) {
                delivery.awaitTopic(Topics.GROUND_TRUTH);
            }
            Optional<RunJournal> journal =
                    settings.run().map(run -> RunJournal.open(run, settings.content(images), producer, groups, ticker));
            return send(delivery, journal, stopping);
        }
    }

    @SuppressWarnings("try") // what hears of requests only has to be closed
    private Summary send(Delivery delivery, Optional<RunJournal> journal, BooleanSupplier stopping) {
        try (RequestedLabels requested = settings.labels() instanceof LabelDelivery.Requested ? requests.get() : null) {
            var loop = new SendingLoop(
                    settings, events, delivery, journal, Optional.ofNullable(requested), listener, ticker, clock);
            Duration elapsed = loop.run(stopping);
            return new Summary(
                    counts.acknowledged(EventKind.IMAGE), bad(), counts.acknowledged(EventKind.LABEL), elapsed);
        }
    }

    private boolean stopping(BooleanSupplier stop) {
        // The flag is taken down, because the connection could not be closed in order with it up.
        if (Thread.interrupted() || stop.getAsBoolean()) {
            stopped = true;
        }
        return stopped;
    }

    /** Asks {@link #run} to end; it does within moments. */
    public void stop() {
        stopped = true;
    }

    /** How many image events, good and bad, Kafka has acknowledged so far. */
    public long sent() {
        return counts.acknowledged(EventKind.IMAGE) + bad();
    }

    /** How many of them were bad. */
    public long bad() {
        return counts.acknowledged(EventKind.BAD);
    }

    @Override
    public Optional<String> reasonNotReady() {
        return sent() == 0 ? Optional.of("no event has reached Kafka yet") : Optional.empty();
    }
}
