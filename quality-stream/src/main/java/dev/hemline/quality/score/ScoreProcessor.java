package dev.hemline.quality.score;

import dev.hemline.event.Score;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/** The {@link LabelJoin} of one partition at work. Its clock is this machine's: labels are late by when they come. */
final class ScoreProcessor extends ContextualProcessor<String, JoinInput, String, Score> {
    private static final Duration EXPIRY_INTERVAL = Duration.ofSeconds(10);

    private final Duration window;
    private final ScoreListener listener;
    private @Nullable LabelJoin join;
    private @Nullable CarriedHeaders carried;

    ScoreProcessor(Duration window, ScoreListener listener) {
        this.window = window;
        this.listener = listener;
    }

    @Override
    public void init(ProcessorContext<String, Score> task) {
        super.init(task);
        WindowStore<String, Long> byMinute = task.getStateStore(ScoreState.CONFUSION_BY_MINUTE);
        var confusion = new ConfusionMatrix(
                task.getStateStore(ScoreState.CONFUSION),
                byMinute,
                task.taskId().partition(),
                listener,
                ConfusionMatrix.MOST_CELLS);
        confusion.tellAll();
        var opened = new LabelJoin(
                new EvidenceStore(task.getStateStore(ScoreState.EVIDENCE), window),
                new WaitingLabels(task.getStateStore(ScoreState.WAITING_LABELS), window, WaitingLabels.MOST_CHARS),
                confusion,
                new SourceMatrix(task.getStateStore(ScoreState.SOURCES), listener, SourceMatrix.MOST_ROWS),
                new ConfidenceMinutes(byMinute),
                listener);
        join = opened;
        carried = new CarriedHeaders(task.getStateStore(ScoreState.CARRIED_HEADERS), window);
        task.schedule(
                EXPIRY_INTERVAL,
                PunctuationType.WALL_CLOCK_TIME,
                now -> safely("expire", () -> {
                    opened.expire(now);
                    return List.of();
                }));
    }

    @Override
    public void process(Record<String, JoinInput> record) {
        LabelJoin opened = join;
        CarriedHeaders headers = carried;
        if (opened == null || headers == null) {
            throw new IllegalStateException("init comes before process");
        }
        String id = record.key();
        long now = context().currentSystemTimeMs();
        if (record.value() instanceof JoinInput.Result) {
            headers.keep(id, record.headers(), now);
        }
        for (Score score : safely("judge", () -> scores(opened, id, record.value(), now))) {
            context().forward(new Record<>(id, score, record.timestamp(), headers.find(id, now)));
        }
    }

    /**
     * The last line: what nobody foresaw about one record is not every later record's. Kafka's own exceptions, a full disk or
     * brokers that do not answer, are no record's fault.
     */
    private List<Score> safely(String step, Supplier<List<Score>> work) {
        try {
            return work.get();
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            listener.failed(step, e);
            return List.of();
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
