package dev.hemline.producer;

import dev.hemline.event.GroundTruth;
import dev.hemline.producer.EventSequence.OutgoingEvent;
import dev.hemline.producer.RunJournal.Position;
import dev.hemline.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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
    private final RunJournal journal;
    private final LateLabels labels;
    private final Ticker ticker;
    private final Clock clock;
    private long handedOver;
    private long labelled;

    SendingLoop(
            ProducerSettings settings,
            EventSequence events,
            Delivery delivery,
            RunJournal journal,
            Ticker ticker,
            Clock clock) {
        this.settings = settings;
        this.events = events;
        this.delivery = delivery;
        this.journal = journal;
        this.labels = new LateLabels(
                settings.labels() instanceof LabelDelivery.Late late ? late.delay() : Duration.ZERO, ticker);
        this.ticker = ticker;
        this.clock = clock;
    }

    /** Runs to the end, and tells how long the sending of image events took. */
    Duration run(BooleanSupplier stopping) {
        goOnAfter(journal.start());
        long start = ticker.nanoTime();
        sendEvents(stopping);
        Duration elapsed = Duration.ofNanos(ticker.nanoTime() - start);
        awaitLabels(stopping);
        sendLabelsAtOnce();
        journal.end(position());
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
            OutgoingEvent event = events.next();
            handedOver++;
            if (handedOver > reached.labelled()) {
                noteLabel(event);
            }
        }
    }

    private Position position() {
        return new Position(handedOver, labels.isEmpty() ? handedOver : labelled);
    }

    private void sendEvents(BooleanSupplier stopping) {
        RateLimiter limiter = new RateLimiter(settings.rate(), ticker);
        while (!stopping.getAsBoolean() && (settings.count() == 0 || handedOver < settings.count())) {
            sendDueLabels();
            long wait = limiter.nanosUntilNext();
            if (wait > 0) {
                sleep(wait);
            } else {
                send(events.next());
                limiter.pass();
            }
            journal.reached(position());
        }
    }

    private void send(OutgoingEvent event) {
        delivery.send(event.kind(), Topics.IMAGE_EVENTS, event.id(), event.value());
        handedOver++;
        noteLabel(event);
    }

    private void noteLabel(OutgoingEvent event) {
        if (event.kind() == EventKind.IMAGE && settings.labels() instanceof LabelDelivery.Late) {
            labels.add(handedOver, event.id(), event.label());
        }
    }

    private void awaitLabels(BooleanSupplier stopping) {
        while (!stopping.getAsBoolean() && !labels.isEmpty()) {
            sendDueLabels();
            journal.reached(position());
            sleep(LOOK_UP_NANOS);
        }
    }

    private void sendDueLabels() {
        for (Optional<LateLabels.Pending> due = labels.takeDue(); due.isPresent(); due = labels.takeDue()) {
            send(due.get());
        }
    }

    private void sendLabelsAtOnce() {
        for (Optional<LateLabels.Pending> next = labels.take(); next.isPresent(); next = labels.take()) {
            send(next.get());
        }
    }

    private void send(LateLabels.Pending pending) {
        GroundTruth truth = GroundTruth.newBuilder()
                .setId(pending.id())
                .setLabel(pending.label())
                .setLabelledAt(Instant.ofEpochMilli(clock.millis()))
                .setBy(settings.source())
                .build();
        byte[] value = Topics.GROUND_TRUTH.valueSerde().serializer().serialize(Topics.GROUND_TRUTH.name(), truth);
        delivery.send(EventKind.LABEL, Topics.GROUND_TRUTH, pending.id(), value);
        labelled = pending.number();
    }

    private void sleep(long nanos) {
        delivery.endIfFailed();
        ticker.sleep(Math.max(1, Math.min(Math.min(nanos, labels.nanosUntilNext()), LOOK_UP_NANOS)));
    }
}
