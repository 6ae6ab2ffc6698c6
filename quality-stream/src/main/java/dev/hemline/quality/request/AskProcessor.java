package dev.hemline.quality.request;

import dev.hemline.event.Episode;
import dev.hemline.event.LabelRequest;
import dev.hemline.event.Sample;
import dev.hemline.event.Score;
import dev.hemline.quality.request.RequestTopology.Inputs;
import dev.hemline.topic.EventChecks;
import dev.hemline.topic.EventShare;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topics;
import dev.hemline.topic.UndecodableEventException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Reads samples and scores of one partition; asks for labels, and takes back what has been answered. */
final class AskProcessor extends ContextualProcessor<byte[], byte[], String, LabelRequest> {
    private static final Duration BETWEEN_CHOICES = Duration.ofSeconds(2);
    private static final EventShare LOTS = new EventShare(Topics.LABEL_REQUESTS.name(), 1);

    private static final int EPISODES_REMEMBERED = 100;

    private final RequestPlan plan;
    private final Inputs inputs;
    private final RequestListener listener;
    private @Nullable Chooser chooser;
    private @Nullable RequestLedger ledger;
    /** How many labels episodes want of this partition. */
    private final Map<String, Integer> parts = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > EPISODES_REMEMBERED;
        }
    };

    AskProcessor(RequestPlan plan, Inputs inputs, RequestListener listener) {
        this.plan = plan;
        this.inputs = inputs;
        this.listener = listener;
    }

    @Override
    public void init(ProcessorContext<String, LabelRequest> task) {
        super.init(task);
        var opened = new RequestLedger(
                task.getStateStore(RequestTopology.REQUESTS),
                task.getStateStore(RequestTopology.TALLIES),
                plan.window().toMillis(),
                listener);
        var choosing = new Chooser(plan.perMinuteAndPartition(), task.currentSystemTimeMs());
        ledger = opened;
        chooser = choosing;
        task.schedule(BETWEEN_CHOICES, PunctuationType.WALL_CLOCK_TIME, now -> {
            opened.expire(now, request -> forward(request.getId(), null, now));
            choosing.choose(now, episode -> stillWanted(opened, episode)).stream()
                    .filter(opened::ask)
                    .forEach(request -> forward(request.getId(), request, now));
        });
    }

    private int stillWanted(RequestLedger asked, String episode) {
        return parts.getOrDefault(episode, 0) - asked.askedFor(episode);
    }

    private void forward(String id, @Nullable LabelRequest request, long now) {
        context().forward(new Record<>(id, request, now, new RecordHeaders()));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata at = context().recordMetadata().orElseThrow();
        if (record.value() == null) {
            return;
        }
        try {
            if (at.topic().equals(Topics.SAMPLES.name())) {
                sampled(inputs.samples().decode(record.value()), at);
            } else {
                scored(inputs.scores().decode(record.value()));
            }
        } catch (UndecodableEventException e) {
            listener.passedOver(at.topic(), String.valueOf(e.getMessage()));
        }
    }

    private void sampled(Sample sample, RecordMetadata at) {
        Optional<String> fault = EventChecks.fault(sample);
        if (fault.isPresent()) {
            listener.passedOver(at.topic(), fault.get());
        } else if (chooser != null) {
            long now = context().currentSystemTimeMs();
            double lot = LOTS.position(sample.getId());
            Optional<Episode> episode = plan.episodes().apply(sample);
            Chooser choice = chooser;
            episode.ifPresent(open -> want(open, at.partition(), choice));
            chooser.offer(
                    Candidate.of(
                            sample,
                            at.partition(),
                            at.offset(),
                            episode.map(Episode::getId).orElse(""),
                            lot,
                            now),
                    plan.changed().test(sample));
        }
    }

    /** An episode that wants more has taken a step, and its next labels are of pictures from then on. */
    private void want(Episode open, int partition, Chooser choice) {
        int part = plan.part(open, partition);
        Integer before = parts.put(open.getId(), part);
        if (before == null || before != part) {
            choice.forget(open.getId());
        }
    }

    private void scored(Score score) {
        if (!EventChecks.isId(score.getId()) || !ModelKey.isVersion(score.getModelName(), score.getModelVersion())) {
            listener.passedOver(Topics.SCORES.name(), "it is of no possible id or version");
        } else if (ledger != null && ledger.scored(score)) {
            forward(score.getId(), null, context().currentSystemTimeMs());
        }
    }
}
