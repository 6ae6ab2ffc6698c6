package dev.hemline.quality.stream;

import dev.hemline.service.KafkaProblem;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.access.AccessFailure;
import dev.hemline.service.access.RequiredAcls;
import dev.hemline.service.streams.KafkaSeries;
import dev.hemline.service.streams.RestartPolicy;
import dev.hemline.topic.SchemaTopic;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.avro.Schema;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka Streams instance that observes beside a classifier. Should it die, classification goes on; the log and {@link #death}
 * tell.
 */
public final class ObserverStream implements StreamSupervisor.Supervised {
    private static final Logger LOG = LoggerFactory.getLogger(ObserverStream.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final String name;
    private final AccessFailure refusal;
    private final StateFolder folder;
    private final SchemaTopic schemas;
    private final KafkaStreams streams;
    private final KafkaSeries series;
    private final RestartPolicy restarts;
    private volatile String end = "it has ended by itself; the log says why";

    /**
     * Nothing runs before {@code start}.
     *
     * @param name for people, such as Scoring
     * @param program beside which it works, as {@link RequiredAcls} names it
     * @param classifierId the application id of the classifiers
     * @param stateFolder claimed for its state as long as this is open
     * @param kept what its state is written with, for other releases
     * @param streams makes what runs, of its folder and the schemas of other releases
     * @throws dev.hemline.service.UserError if the state folder cannot be used
     */
    public ObserverStream(
            String name,
            KafkaSettings kafka,
            String program,
            String classifierId,
            Path stateFolder,
            List<Schema> kept,
            BiFunction<Path, SchemaTopic, KafkaStreams> streams,
            MeterRegistry registry) {
        this.name = name;
        Map<String, Object> client = kafka.client(Map.of());
        refusal = new AccessFailure(program, RequiredAcls.of(classifierId, ""), client);
        SchemaTopic.put(client, kept);
        schemas = SchemaTopic.on(client);
        folder = StateFolder.claim(stateFolder);
        try {
            this.streams = streams.apply(folder.path(), schemas);
        } catch (RuntimeException e) {
            schemas.close();
            giveFolderBack();
            throw e;
        }
        series = new KafkaSeries(this.streams, registry);
        restarts = new RestartPolicy(name, this::died);
    }

    @Override
    public void start() {
        streams.setUncaughtExceptionHandler(restarts);
        streams.setStateListener((now, before) -> LOG.info("{} is {}", name, now));
        streams.start();
    }

    @Override
    public ObserverStream observer() {
        return this;
    }

    private void died(Throwable cause) {
        Optional<String> refused = refusal.explain(cause);
        end = refused.orElseGet(() -> KafkaProblem.reason(cause).toString());
        if (refused.isPresent()) {
            LOG.error("{} has died, and begins anew in a moment: {}", name, end);
        } else {
            LOG.error("{} has died, and begins anew in a moment; classification goes on", name, cause);
        }
    }

    /** What it died of, once it has; it does not begin anew by itself. */
    public Optional<String> death() {
        State state = streams.state();
        return state == State.ERROR || state == State.NOT_RUNNING ? Optional.of(end) : Optional.empty();
    }

    /** What it waits for around it, in a sentence. */
    public Optional<String> trouble() {
        return restarts.trouble();
    }

    /** Whether it works, or will once partitions are given out. */
    public boolean running() {
        return streams.state().isRunningOrRebalancing() && restarts.trouble().isEmpty();
    }

    /**
     * The part of a store that lies in one partition.
     *
     * @throws org.apache.kafka.streams.errors.InvalidStateStoreException if this instance does not have it now
     */
    public <T> T store(String store, int partition, QueryableStoreType<T> type) {
        return streams.store(StoreQueryParameters.fromNameAndType(store, type).withPartition(partition));
    }

    /** Where other instances are that have a part of a store. */
    public List<HostInfo> others(String store, HostInfo self) {
        try {
            return streams.streamsMetadataForStore(store).stream()
                    .map(StreamsMetadata::hostInfo)
                    .filter(host -> !host.equals(self))
                    .distinct()
                    .toList();
        } catch (StreamsNotStartedException | IllegalStateException e) {
            // It has ended, or has not begun; then it knows of nobody.
            return List.of();
        }
    }

    /** Leaves the group, so that others take the partitions over at once. */
    @Override
    public void close() {
        restarts.close();
        streams.close(CloseOptions.timeout(CLOSE_TIMEOUT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        series.close();
        schemas.close();
        giveFolderBack();
    }

    private void giveFolderBack() {
        try {
            folder.close();
        } catch (IOException e) {
            LOG.debug("The claim on {} ends with this process", folder.path(), e);
        }
    }
}
