package dev.hemline.benchmarks.peer.stream;

import dev.hemline.event.Classification;
import dev.hemline.event.ImageEvent;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.StopSignal;
import dev.hemline.topic.Topics;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * Apache Flink as a cluster in this process: its Kafka source, an operator of ours that classifies in batches, its Kafka
 * sink. Results are there to be read after each checkpoint.
 */
final class FlinkJob implements AutoCloseable {
    private static final String TRANSACTION_TIMEOUT_MS = "60000";

    private final JobClient job;
    private final Path savepoints;

    private FlinkJob(JobClient job, Path savepoints) {
        this.job = job;
        this.savepoints = savepoints;
    }

    /**
     * Starts it.
     *
     * @param group under which the source commits how far it is, at each checkpoint
     * @param threads that classify, each for itself
     * @param folder where the last state goes
     */
    static FlinkJob start(
            BatchingOperator classify, KafkaSettings kafka, String group, Guarantee guarantee, int threads, Path folder)
            throws Exception {
        LocalStreamEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(threads, withoutRestarts());
        environment.enableCheckpointing(Guarantee.COMMIT.toMillis());
        // Nothing is copied on the way from one operator to the next: they are all in one thread.
        environment.getConfig().enableObjectReuse();
        environment
                .fromSource(source(kafka, group), WatermarkStrategy.noWatermarks(), "images")
                .transform("classify", new GenericTypeInfo<>(Classification.class), classify)
                .sinkTo(sink(kafka, group, guarantee));
        return new FlinkJob(environment.executeAsync(group), folder);
    }

    /** A job that fails and starts again would look like a slow contender. */
    private static Configuration withoutRestarts() {
        var configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        return configuration;
    }

    /** Waits until one is asked for the end, or the job has ended by itself, which it does when it fails. */
    void await(StopSignal stop) throws ExecutionException, InterruptedException {
        CompletableFuture<JobExecutionResult> ended = job.getJobExecutionResult();
        var unused = ended.whenComplete((result, problem) -> stop.request());
        stop.await();
        if (ended.isCompletedExceptionally()) {
            ended.get();
        }
    }

    @SuppressWarnings("deprecation") // Flink asks for what Kafka has another name for by now
    private static KafkaSource<ImageEvent> source(KafkaSettings kafka, String group) {
        return KafkaSource.<ImageEvent>builder()
                .setBootstrapServers(kafka.bootstrapServers())
                .setGroupId(group)
                .setTopics(Topics.IMAGE_EVENTS.name())
                .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
                .setProperty("isolation.level", "read_committed")
                .setValueOnlyDeserializer(new FlinkEvents())
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
                .setRecordSerializer(new FlinkResults())
                .build();
    }

    /** Ends with a savepoint: to cancel would abort the transaction that is open. */
    @Override
    public void close() {
        job.stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                .join();
    }
}
