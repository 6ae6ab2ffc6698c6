package dev.hemline.benchmarks.peer;

import dev.hemline.event.Classification;
import dev.hemline.event.ImageEvent;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.StopSignal;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Apache Flink as a cluster in this process: its Kafka source, an operator of ours that classifies in batches, its Kafka
 * sink. Results are there to be read after each checkpoint.
 */
final class FlinkJob {
    private static final String TRANSACTION_TIMEOUT_MS = "60000";

    private FlinkJob() {}

    /**
     * Runs until it is asked to stop, or the job has ended by itself, which it does when it fails.
     *
     * @param peer whose group the source commits its progress under, at each checkpoint, and in whose folder the last state goes
     */
    static void run(PeerCommand peer, PeerModel model, KafkaSettings kafka, StopSignal stop) throws Exception {
        // A job that fails and starts again would look like a slow contender.
        var withoutRestarts = Configuration.fromMap(Map.of(RestartStrategyOptions.RESTART_STRATEGY.key(), "none"));
        var environment = StreamExecutionEnvironment.createLocalEnvironment(Contender.THREADS, withoutRestarts);
        environment.enableCheckpointing(Guarantee.COMMIT.toMillis());
        // Nothing is copied on the way from one operator to the next: they are all in one thread.
        environment.getConfig().enableObjectReuse();
        environment
                .fromSource(source(kafka, peer.group), WatermarkStrategy.noWatermarks(), "images")
                .transform("classify", new GenericTypeInfo<>(Classification.class), new BatchingOperator(model))
                .sinkTo(sink(kafka, peer.group, peer.guarantee));
        JobClient job = environment.executeAsync(peer.group);
        CompletableFuture<JobExecutionResult> ended = job.getJobExecutionResult();
        var unused = ended.whenComplete((result, problem) -> stop.request());
        stop.await();
        if (ended.isCompletedExceptionally()) {
            ended.get();
        }
        // To cancel would abort the transaction that is open.
        job.stopWithSavepoint(false, peer.stateFolder.toUri().toString(), SavepointFormatType.CANONICAL)
                .join();
    }

    @SuppressWarnings("deprecation") // Flink asks for what Kafka has another name for by now
    private static KafkaSource<ImageEvent> source(KafkaSettings kafka, String group) {
        return KafkaSource.<ImageEvent>builder()
                .setBootstrapServers(kafka.bootstrapServers())
                .setGroupId(group)
                .setTopics(Topics.IMAGE_EVENTS.name())
                .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
                .setProperty("isolation.level", "read_committed")
                .setValueOnlyDeserializer(new Events())
                .build();
    }

    private static KafkaSink<Classification> sink(KafkaSettings kafka, String group, Guarantee guarantee) {
        return KafkaSink.<Classification>builder()
                .setBootstrapServers(kafka.bootstrapServers())
                .setDeliveryGuarantee(
                        switch (guarantee) {
                            case EXACTLY_ONCE_V2 -> DeliveryGuarantee.EXACTLY_ONCE;
                            case AT_LEAST_ONCE -> DeliveryGuarantee.AT_LEAST_ONCE;
                        })
                .setTransactionalIdPrefix(group)
                .setProperty("transaction.timeout.ms", TRANSACTION_TIMEOUT_MS)
                // Checkpoints send what is there; the other ways do not send earlier either.
                .setProperty("linger.ms", Long.toString(Guarantee.COMMIT.toMillis()))
                .setRecordSerializer((result, context, timestamp) -> record(result))
                .build();
    }

    /** How Flink reads image events. */
    private static final class Events extends AbstractDeserializationSchema<ImageEvent> {
        private static final long serialVersionUID = 1L;
        private static final EventSerde<ImageEvent> EVENTS = EventSerde.of(ImageEvent.class);

        /** Flink would take them apart by their fields otherwise, and finds types there that it knows nothing of. */
        Events() {
            super(new GenericTypeInfo<>(ImageEvent.class));
        }

        @Override
        public ImageEvent deserialize(byte[] message) {
            return EVENTS.decode(message);
        }
    }

    private static ProducerRecord<byte[], byte[]> record(Classification result) {
        Topic<String, Classification> topic = Topics.CLASSIFICATIONS;
        return new ProducerRecord<>(
                topic.name(),
                topic.keySerde().serializer().serialize(topic.name(), result.getId()),
                topic.valueSerde().serializer().serialize(topic.name(), result));
    }

    /**
     * Classifies in batches inside Flink. What waits for others to fill a batch is answered before a checkpoint passes, so no
     * event lies between two of them; and nobody could read its result earlier, for transactions end with checkpoints.
     */
    private static final class BatchingOperator extends AbstractStreamOperator<Classification>
            implements OneInputStreamOperator<ImageEvent, Classification> {
        private static final long serialVersionUID = 1L;

        private final PeerModel model;
        private final ArrayList<ImageEvent> waiting = new ArrayList<>();
        private transient @Nullable EventClassifier classifier;

        BatchingOperator(PeerModel model) {
            this.model = model;
        }

        @Override
        public void open() throws Exception {
            super.open();
            classifier = new EventClassifier(model.archive());
        }

        @Override
        public void processElement(StreamRecord<ImageEvent> element) {
            waiting.add(element.getValue());
            if (waiting.size() == Contender.MAX_BATCH) {
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
            if (!waiting.isEmpty()) {
                Objects.requireNonNull(classifier)
                        .classify(waiting)
                        .forEach(result -> output.collect(new StreamRecord<>(result)));
                waiting.clear();
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
}
