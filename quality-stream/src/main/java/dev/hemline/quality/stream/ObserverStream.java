package dev.hemline.quality.stream;

import dev.hemline.service.KafkaProblem;
import dev.hemline.service.access.AccessFailure;
import dev.hemline.service.streams.BoundedClients;
import dev.hemline.service.streams.KafkaSeries;
import dev.hemline.service.streams.RestartPolicy;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka Streams instance that observes beside a classifier. Should it die, classification goes on; the log and {@link #death}
 * tell.
 */
public final class ObserverStream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ObserverStream.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final String name;
    private final AccessFailure refusal;
    private final StateFolder folder;
    private final KafkaStreams streams;
    private final KafkaSeries series;
    private final RestartPolicy restarts;
    private volatile String end = "it has ended by itself; the log says why";

    /**
     * Nothing runs before {@code start}.
     *
     * @param name for people, such as Scoring
     * @param refusal what a refusal by brokers means
     * @param folder for its state; given back when this is closed
     */
    public ObserverStream(
            String name,
            Topology topology,
            StreamsConfig config,
            AccessFailure refusal,
            StateFolder folder,
            MeterRegistry registry) {
        this.name = name;
        this.refusal = refusal;
        this.folder = folder;
        streams = new KafkaStreams(topology, config, new BoundedClients());
        series = new KafkaSeries(streams, registry);
        restarts = new RestartPolicy(name, this::died);
    }

    public void start() {
        streams.setUncaughtExceptionHandler(restarts);
        streams.setStateListener((now, before) -> LOG.info("{} is {}", name, now));
        streams.start();
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

    /** To ask for what it keeps. */
    public KafkaStreams streams() {
        return streams;
    }

    /** Leaves the group, so that others take the partitions over at once. */
    @Override
    public void close() {
        restarts.close();
        streams.close(CloseOptions.timeout(CLOSE_TIMEOUT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        series.close();
        try {
            folder.close();
        } catch (IOException e) {
            LOG.debug("The claim on {} ends with this process", folder.path(), e);
        }
    }
}
