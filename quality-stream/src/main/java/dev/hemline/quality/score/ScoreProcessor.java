package dev.hemline.quality.score;

import dev.hemline.event.Score;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** The {@link LabelJoin} of one partition at work. Its clock is this machine's: labels are late by when they come. */
final class ScoreProcessor extends ContextualProcessor<String, JoinInput, String, Score> {
    private static final Duration EXPIRY_INTERVAL = Duration.ofSeconds(10);

    private final Duration window;
    private final ScoreListener listener;
    private @Nullable LabelJoin join;

    ScoreProcessor(Duration window, ScoreListener listener) {
        this.window = window;
        this.listener = listener;
    }

    @Override
    public void init(ProcessorContext<String, Score> task) {
        super.init(task);
        var confusion = new ConfusionMatrix(
                task.getStateStore(ScoreState.CONFUSION),
                task.getStateStore(ScoreState.CONFUSION_BY_MINUTE),
                task.taskId().partition(),
                listener);
        confusion.tellAll();
        var opened = new LabelJoin(
                new EvidenceStore(task.getStateStore(ScoreState.EVIDENCE), window),
                new WaitingLabels(task.getStateStore(ScoreState.WAITING_LABELS), window),
                confusion,
                listener);
        join = opened;
        task.schedule(EXPIRY_INTERVAL, PunctuationType.WALL_CLOCK_TIME, opened::expire);
    }

    @Override
    public void process(Record<String, JoinInput> record) {
        if (join == null) {
            throw new IllegalStateException("init comes before process");
        }
        String id = record.key();
        for (Score score : scores(join, id, record.value(), context().currentSystemTimeMs())) {
            context().forward(new Record<>(id, score, record.timestamp(), new RecordHeaders()));
        }
    }

    private static List<Score> scores(LabelJoin join, String id, JoinInput input, long now) {
        if (input instanceof JoinInput.Result result) {
            return join.result(id, result.answer(), now);
        }
        if (input instanceof JoinInput.Label label) {
            return join.label(id, label.truth(), now);
        }
        throw new IllegalStateException("Not an input: " + input.getClass());
    }

    /** The partition may go to another instance. */
    @Override
    public void close() {
        listener.left(context().taskId().partition());
    }
}
