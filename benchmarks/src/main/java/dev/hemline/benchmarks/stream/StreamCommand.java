package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.tournament.TurnBar;
import dev.hemline.fashionmnist.DatasetException;
import dev.hemline.quickstart.child.ChildFailure;
import dev.hemline.quickstart.report.JsonFile;
import dev.hemline.service.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hemline bench stream}. */
@Command(
        name = "stream",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "How fast a backlog of image events is worked off, exactly once: by Hemline; by Kafka Streams, record by record,"
                    + " with DJL's own blocks and with Hemline's archive; and by a plain consumer and a transactional"
                    + " producer in a loop, with batches. And what processor time an event costs the process that classifies.",
            "",
            "All take turns on the same backlog with the same weights and as many threads; every answer is compared.",
            ""
        })
public final class StreamCommand implements Callable<Integer> {
    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "200000",
            description = "Images in the backlog. Default: ${DEFAULT-VALUE}")
    int events;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often each works the backlog off. Default: ${DEFAULT-VALUE}")
    int rounds;

    @Option(
            names = "--network",
            paramLabel = "NAME",
            defaultValue = "tiny",
            description = "Network of the model, with untrained weights. Default: ${DEFAULT-VALUE}")
    String network = "tiny";

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures here too.")
    @Nullable
    Path json;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        var settings = new StreamSettings(events, rounds, network);
        if (json != null) {
            JsonFile.requireWritable(json);
        }
        StreamReport report = measure(settings);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        StreamTable.lines(report).forEach(out::println);
        out.flush();
        if (json != null) {
            JsonFile.write(report, json);
        }
        return 0;
    }

    private static StreamReport measure(StreamSettings settings) throws InterruptedException, IOException {
        Path folder = Files.createTempDirectory("hemline-bench-stream-");
        try (TurnBar bar = TurnBar.open()) {
            StreamReport report = new StreamBench(settings, folder, bar).run();
            Utils.delete(folder.toFile());
            return report;
        } catch (ChildFailure e) {
            throw new UserError(e.getMessage() + "; its log is " + e.child().log(), e);
        } catch (DatasetException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }
}
