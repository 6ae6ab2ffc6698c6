package dev.hemline.benchmarks.peer.stream;

import dev.hemline.benchmarks.peer.stream.PeerModel.Form;
import dev.hemline.event.Classification;
import dev.hemline.event.ImageEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Classifies in batches inside Flink. What waits for others to fill a batch is answered before a checkpoint passes, so no
 * event lies between two of them; and nobody could read its result earlier, for transactions end with checkpoints.
 */
final class BatchingOperator extends AbstractStreamOperator<Classification>
        implements OneInputStreamOperator<ImageEvent, Classification> {
    private static final long serialVersionUID = 1L;

    private final PeerModel model;
    private final Form form;
    private final int maxBatch;
    private transient @Nullable EventClassifier classifier;
    private transient @Nullable List<ImageEvent> waiting;

    BatchingOperator(PeerModel model, Form form, int maxBatch) {
        this.model = model;
        this.form = form;
        this.maxBatch = maxBatch;
    }

    @Override
    public void open() throws Exception {
        super.open();
        classifier = new EventClassifier(model.open(form));
        waiting = new ArrayList<>(maxBatch);
    }

    @Override
    public void processElement(StreamRecord<ImageEvent> element) {
        List<ImageEvent> batch = Objects.requireNonNull(waiting);
        batch.add(element.getValue());
        if (batch.size() == maxBatch) {
            answer();
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) {
        answer();
    }

    @Override
    public void finish() throws Exception {
        answer();
        super.finish();
    }

    private void answer() {
        List<ImageEvent> batch = Objects.requireNonNull(waiting);
        if (!batch.isEmpty()) {
            Objects.requireNonNull(classifier)
                    .classify(batch)
                    .forEach(result -> output.collect(new StreamRecord<>(result)));
            batch.clear();
        }
    }

    @Override
    public void close() throws Exception {
        if (classifier != null) {
            classifier.close();
        }
        super.close();
    }
}
