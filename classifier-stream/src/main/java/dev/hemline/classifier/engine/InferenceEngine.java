package dev.hemline.classifier.engine;

import dev.hemline.classifier.canary.Canary;
import dev.hemline.classifier.lifecycle.ModelRegistry;
import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.classifier.outcome.Outcome.Rejected;
import dev.hemline.classifier.prefetch.PrefetchedOutcomes;
import dev.hemline.classifier.sample.Sampling;
import dev.hemline.image.ImageDecoder;
import dev.hemline.image.UnfitImageException;
import dev.hemline.model.serving.LoadedModel;
import dev.hemline.model.serving.ModelLoader;
import dev.hemline.service.trace.RecordTrace;
import dev.hemline.service.trace.Tracing;
import dev.hemline.topic.EventNames;
import dev.hemline.topic.ImageEventReader;
import dev.hemline.topic.NotYetReadableException;
import dev.hemline.topic.Rejection;
import dev.hemline.topic.TooLargeEventException;
import dev.hemline.topic.UndecodableEventException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Answers events with the current model. Events that are submitted together, or that pile up while a batch runs, are
 * classified together; before the first model they wait. It takes no more on than it can answer in time.
 */
public final class InferenceEngine implements PrefetchedOutcomes.Engine, AutoCloseable {
    private final EngineSettings settings;
    private final ImageEventReader reader;
    private final ImageDecoder decoder;
    private final Tracing tracing;
    private final ModelRegistry models;
    private final Optional<Canary> canary;
    private final WorkInFlight work;
    private final WorkerPool workers;
    private final Optional<WorkerPool> canaryWorkers;

    /** A canary makes no dead letter and stops no stream: events may be better than it is. */
    private final Unanswered answeredByWhatServes = new Unanswered() {
        @Override
        public void rejected(Job job, Rejection reason, Exception cause) {
            workers.add(List.of(job));
        }

        @Override
        public void failed(Job job, Throwable cause) {
            workers.add(List.of(job));
        }
    };

    /** One that keeps no pictures and has no canary. */
    public InferenceEngine(
            EngineSettings settings,
            ModelRegistry models,
            ImageEventReader reader,
            ImageDecoder decoder,
            ClassifierListener listener,
            Tracing tracing) {
        this(settings, models, reader, decoder, listener, tracing, Sampling.none(), Optional.empty());
    }

    /**
     * Starts its threads.
     *
     * @param sampling which pictures are kept
     * @param canary what answers some events in the place of what serves; closed by whoever opened it, after this
     */
    public InferenceEngine(
            EngineSettings settings,
            ModelRegistry models,
            ImageEventReader reader,
            ImageDecoder decoder,
            ClassifierListener listener,
            Tracing tracing,
            Sampling sampling,
            Optional<Canary> canary) {
        this.settings = settings;
        this.reader = reader;
        this.decoder = decoder;
        this.tracing = tracing;
        this.models = models;
        this.canary = canary;
        work = new WorkInFlight(settings.workers());
        models.onSwap(manifest -> modelChanged());
        workers = new WorkerPool(
                "inference",
                settings,
                models,
                work,
                lease -> new BatchClassifier(
                        lease, settings.maxBatch(), listener, tracing, sampling, false, Unanswered.FINAL),
                Unanswered.FINAL);
        canaryWorkers = canary.map(some -> {
            some.models().onSwap(manifest -> modelChanged());
            return new WorkerPool(
                    "canary",
                    settings,
                    some.models(),
                    work,
                    lease -> new BatchClassifier(
                            lease, settings.maxBatch(), listener, tracing, sampling, true, answeredByWhatServes),
                    answeredByWhatServes);
        });
    }

    private void modelChanged() {
        work.modelTakes(Math.max(
                nanosAnImage(models),
                canary.map(Canary::models).map(InferenceEngine::nanosAnImage).orElse(0L)));
    }

    /** 0 for none. */
    private static long nanosAnImage(ModelRegistry models) {
        return models.acquire()
                .map(lease -> {
                    try (lease) {
                        return lease.model().nanosAnImage();
                    }
                })
                .orElse(0L);
    }

    /** Whether it would take on more than the first of some events. */
    public boolean hasRoom() {
        return work.hasRoom();
    }

    /**
     * Takes events on, in order: the first, and more as long as there is room. Of a partition nothing is taken on behind an
     * event that cannot be read yet.
     *
     * @return for each event a future, or nothing if it was not taken on. None ever fails because of what an event holds. Of
     *     one that is cancelled in time, the event is not classified
     */
    @Override
    public List<Optional<CompletableFuture<Outcome>>> submit(List<ConsumerRecord<byte[], byte[]>> events) {
        List<Job> jobs = new ArrayList<>(events.size());
        List<Optional<CompletableFuture<Outcome>>> outcomes = new ArrayList<>(events.size());
        // Of these nothing more is taken on, and of those what is next is not readable yet.
        Set<Integer> full = new HashSet<>();
        Set<Integer> waiting = new HashSet<>();
        boolean takenAny = false;
        try {
            for (ConsumerRecord<byte[], byte[]> event : events) {
                boolean room = !takenAny || work.hasRoom();
                Optional<CompletableFuture<Outcome>> outcome = Optional.empty();
                if (waiting.contains(event.partition())) {
                    reader.ahead(event);
                } else if (!room) {
                    full.add(event.partition());
                } else if (!full.contains(event.partition())) {
                    outcome = takeOn(event, jobs);
                    if (outcome.isEmpty()) {
                        waiting.add(event.partition());
                    }
                }
                if (outcome.isPresent()) {
                    takenAny = true;
                    var unused = outcome.get().whenComplete((done, failure) -> reader.done(event));
                }
                outcomes.add(outcome);
            }
            handOver(jobs);
        } catch (RuntimeException | Error e) {
            // Whoever is given nothing waits for nothing; what is in flight would leave no room for ever.
            jobs.forEach(job -> job.outcome().cancel(false));
            throw e;
        }
        return outcomes;
    }

    private void handOver(List<Job> jobs) {
        List<Job> toCanary = new ArrayList<>();
        List<Job> toServing = new ArrayList<>(jobs.size());
        for (Job job : jobs) {
            boolean tried =
                    canary.isPresent() && canary.get().answers(job.event().getId());
            (tried ? toCanary : toServing).add(job);
        }
        workers.add(toServing);
        canaryWorkers.ifPresent(pool -> pool.add(toCanary));
    }

    @Override
    public boolean canRead(ConsumerRecord<byte[], byte[]> event) {
        try {
            reader.read(event);
            return true;
        } catch (NotYetReadableException e) {
            return false;
        } catch (RuntimeException | Error e) {
            // What is wrong with it is told when it is taken on.
            return true;
        }
    }

    @Override
    public EventNames names(ConsumerRecord<byte[], byte[]> event) {
        try {
            return reader.names(event);
        } catch (RuntimeException | Error e) {
            // That it cannot be read is why it was rejected, or an answer that was there then has been forgotten since.
            return EventNames.NONE;
        }
    }

    @Override
    public void done(ConsumerRecord<byte[], byte[]> event) {
        reader.done(event);
    }

    @Override
    public void forget(int partition) {
        reader.forget(partition);
    }

    private Optional<CompletableFuture<Outcome>> takeOn(ConsumerRecord<byte[], byte[]> event, List<Job> jobs) {
        RecordTrace trace = tracing.received(event);
        try {
            Job job = Job.open(event, trace, reader, decoder);
            work.add(job);
            jobs.add(job);
            return Optional.of(job.outcome());
        } catch (NotYetReadableException e) {
            return Optional.empty();
        } catch (TooLargeEventException e) {
            // What stands in the event's place is none of its bytes.
            return rejected(e.reason(), e, null);
        } catch (UndecodableEventException e) {
            return rejected(e.reason(), e, event.value());
        } catch (UnfitImageException e) {
            return rejected(e.reason(), e, event.value());
        } catch (RuntimeException | Error e) {
            // Nobody foresaw it: it ends the stream when the event has its turn, with the event's place in the message.
            return Optional.of(CompletableFuture.failedFuture(e));
        }
    }

    private static Optional<CompletableFuture<Outcome>> rejected(
            Rejection reason, Exception cause, byte @Nullable [] event) {
        return Optional.of(CompletableFuture.completedFuture(Rejected.because(reason, cause, event)));
    }

    /** Loads as {@code loader} does, and runs the largest batch that this engine will ask the model for. */
    public ModelLoader rehearsing(ModelLoader loader) {
        return (manifest, archive) -> {
            LoadedModel model = loader.load(manifest, archive);
            Rehearsed rehearsed = null;
            try {
                rehearsed = Rehearsed.of(model, settings.maxBatch(), settings.workers());
            } finally {
                if (rehearsed == null) {
                    model.close();
                }
            }
            if (models.serving().isPresent()) {
                work.makeRoomFor(rehearsed.nanosAnImage());
            }
            return rehearsed;
        };
    }

    /** Events that no worker has taken on yet. */
    public int waiting() {
        return workers.waiting() + canaryWorkers.map(WorkerPool::waiting).orElse(0);
    }

    /** Ends the threads after their present batch and gives their models back. */
    @Override
    public void close() {
        canaryWorkers.ifPresent(WorkerPool::close);
        workers.close();
    }
}
