package dev.hemline.chaos.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hemline.service.StopSignal;
import dev.hemline.service.Verb;
import dev.hemline.testbed.broker.BrokerSettings;
import dev.hemline.testbed.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hemline chaos-broker}: one node of the cluster that chaos hurts. */
@Command(
        name = BrokerCommand.VERB,
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Runs one broker of the cluster of 'hemline chaos', which starts it.")
public final class BrokerCommand implements Verb, Callable<Integer> {
    static final String VERB = "chaos-broker";
    private static final Duration GRACE = Duration.ofSeconds(10);

    @Option(names = "--settings", required = true, description = "File of what this node is and who the others are.")
    Path settings = Path.of(".");

    @Override
    @SuppressWarnings("try") // the broker only has to be there
    public Integer call() throws IOException {
        var node = new ObjectMapper().readValue(settings.toFile(), BrokerSettings.class);
        try (StopSignal stop = StopSignal.onTermination(GRACE);
                EmbeddedBroker broker = EmbeddedBroker.start(node)) {
            stop.await();
        }
        return 0;
    }
}
