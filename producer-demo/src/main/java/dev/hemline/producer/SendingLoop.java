package dev.hemline.producer;

import dev.hemline.event.GroundTruth;
import dev.hemline.producer.EventSequence.OutgoingEvent;
import dev.hemline.producer.RunJournal.Position;
import dev.hemline.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run: from where it was, events at their pace, late labels when they are due, and an orderly end. All in one thread. */
final class SendingLoop {
    private static final Logger LOG = LoggerFactory.getLogger(SendingLoop.class);

    /** How long a wait may go on before somebody looks whether to stop. */
    private static final long LOOK_UP_NANOS = Duration.ofMillis(50).toNanos();

    /** Longer than the client's own {@code delivery.timeout.ms}, so that it is the client that gives up. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration PATIENCE_WHEN_STOPPED = Duration.ofSeconds(5);

    private final ProducerSettings settings;
    private final EventSequence events;
    private final Delivery delivery;
    private final Optional<RunJournal> journal;
    private final Optional<RequestedLabels> requested;
    private final SentListener listener;
    private final Ticker ticker;
    private final Clock clock;
    /** Each becomes due the same time after its image, so the first in is the first out. */
    private final Queue<LateLabel> lateLabels = new ArrayDeque<>();

    private long lookedForRequests;
    private long handedOver;
    private long labelled;

    /**
     * A label that is not known to others yet.
     *
     * @param number which event of the run it is about, from 1
     * @param id the image event's
     * @param label its true class
     * @param dueNanos when it is due by the ticker
     */
    private record LateLabel(long number, String id, int label, long dueNanos) {}

    /**
     * @param journal remembers how far a run with a name is
     * @param requested where labels are told when they are asked for
     * @param listener hears of what is sent
     */
    SendingLoop(
            ProducerSettings settings,
            EventSequence events,
            Delivery delivery,
            Optional<RunJournal> journal,
            Optional<RequestedLabels> requested,
            SentListener listener,
            Ticker ticker,
            Clock clock) {
        this.settings = settings;
        this.events = events;
        this.delivery = delivery;
        this.journal = journal;
        this.requested = requested;
        this.listener = listener;
        this.ticker = ticker;
        this.clock = clock;
    }

    /** Runs to the end, and tells how long the sending of image events took. */
    Duration run(BooleanSupplier stopping) {
        goOnAfter(journal.map(RunJournal::start).orElse(Position.START));
        long start = ticker.nanoTime();
        sendEvents(start, stopping);
        Duration elapsed = since(start);
        awaitLabels(stopping);
        while (!lateLabels.isEmpty()) {
            send(lateLabels.remove());
        }
        journal.ifPresent(run -> run.end(position()));
        delivery.finish(stopping.getAsBoolean() ? PATIENCE_WHEN_STOPPED : PATIENCE);
        return elapsed;
    }

    /** Draws what was sent before once more, because chance has a memory; labels not told yet are told as late as others. */
    private void goOnAfter(Position reached) {
        if (reached.events() > 0) {
            LOG.info("The run goes on after {} events", reached.events());
        }
        labelled = reached.labelled();
        while (handedOver < reached.events()) {
            OutgoingEvent event = events.next(Duration.ZERO);
            handedOver++;
            if (handedOver > reached.labelled()) {
                noteLabel(event);
            }
        }
    }

    private Position position() {
        return new Position(handedOver, lateLabels.isEmpty() ? handedOver : labelled);
    }

    private Duration since(long start) {
        return Duration.ofNanos(ticker.nanoTime() - start);
    }

    private void sendEvents(long start, BooleanSupplier stopping) {
        RateLimiter limiter = new RateLimiter(settings.rate(), ticker);
        while (!stopping.getAsBoolean() && (settings.count() == 0 || handedOver < settings.count())) {
            sendDueLabels();
            long wait = limiter.nanosUntilNext();
            if (wait > 0) {
                sleep(wait);
            } else {
                send(events.next(since(start)));
                limiter.pass();
            }
            journal.ifPresent(run -> run.reached(position()));
        }
    }

    private void send(OutgoingEvent event) {
        delivery.send(event.kind(), Topics.IMAGE_EVENTS, event.id(), event.value());
        handedOver++;
        if (event.kind() == EventKind.IMAGE) {
            listener.sent(event.id(), event.label());
        }
        noteLabel(event);
    }

    private void noteLabel(OutgoingEvent event) {
        requested.ifPresent(labels -> labels.sent(event));
        if (event.kind() == EventKind.IMAGE && settings.labels() instanceof LabelDelivery.Late late) {
            long due = ticker.nanoTime() + late.delay().toNanos();
            lateLabels.add(new LateLabel(handedOver, event.id(), event.label(), due));
        }
    }

    private void awaitLabels(BooleanSupplier stopping) {
        long end = ticker.nanoTime();
        long listen = requested.isPresent() ? RequestedLabels.AFTERWARDS.toNanos() : 0;
        while (!stopping.getAsBoolean() && (!lateLabels.isEmpty() || ticker.nanoTime() - end < listen)) {
            sendDueLabels();
            journal.ifPresent(run -> run.reached(position()));
            sleep(LOOK_UP_NANOS);
        }
    }

    private void sendDueLabels() {
        requested.ifPresent(this::hearRequests);
        while (nanosUntilLabel() <= 0) {
            send(lateLabels.remove());
        }
    }

    private void hearRequests(RequestedLabels labels) {
        long now = ticker.nanoTime();
        if (now - lookedForRequests < LOOK_UP_NANOS || !(settings.labels() instanceof LabelDelivery.Requested late)) {
            return;
        }
        lookedForRequests = now;
        for (String id : labels.heard()) {
            int label = labels.label(id).orElseThrow();
            int said = late.mistaken(id) ? (label + 1) % events.classes() : label;
            lateLabels.add(
                    new LateLabel(handedOver, id, said, now + late.delay().toNanos()));
        }
    }

    /** How long until the next label is due, 0 or less for now; a very long time if there is none. */
    private long nanosUntilLabel() {
        LateLabel next = lateLabels.peek();
        return next == null ? Long.MAX_VALUE : next.dueNanos() - ticker.nanoTime();
    }

    private void send(LateLabel late) {
        GroundTruth truth = GroundTruth.newBuilder()
                .setId(late.id())
                .setLabel(late.label())
                .setLabelledAt(Instant.ofEpochMilli(clock.millis()))
                .setBy(settings.source())
                .build();
        byte[] value = Topics.GROUND_TRUTH.valueSerde().serializer().serialize(Topics.GROUND_TRUTH.name(), truth);
        delivery.send(EventKind.LABEL, Topics.GROUND_TRUTH, late.id(), value);
        labelled = late.number();
    }

    private void sleep(long nanos) {
        delivery.endIfFailed();
        ticker.sleep(Math.max(1, Math.min(Math.min(nanos, nanosUntilLabel()), LOOK_UP_NANOS)));
    }
}
