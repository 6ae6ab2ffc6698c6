package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.command.ChartOutput;
import dev.hemline.benchmarks.command.MeasurementFolder;
import dev.hemline.benchmarks.command.ReportOutput;
import dev.hemline.benchmarks.peer.stream.Guarantee;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hemline bench stream}. */
@Command(
        name = "stream",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "How fast a backlog of image events is worked off, exactly once unless told: by Hemline; by Kafka Streams, record"
                    + " by record, with DJL's own blocks and with Hemline's archive; by a plain consumer and a producer in a"
                    + " loop, with batches; and by Apache Flink with an operator of ours, with batches. And what processor"
                    + " time an event costs the process that classifies.",
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

    @Mixin
    ContenderOptions contenders = ContenderOptions.all();

    @Mixin
    ModelOptions model = new ModelOptions();

    @Option(
            names = "--guarantee",
            paramLabel = "NAME",
            defaultValue = "exactly_once_v2",
            description = "What all of them give: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    Guarantee guarantee = Guarantee.EXACTLY_ONCE_V2;

    @Mixin
    ReportOutput output = new ReportOutput();

    @Mixin
    ChartOutput chart = new ChartOutput();

    @Override
    public Integer call() throws InterruptedException {
        var settings = new StreamSettings(contenders.ways(), events, rounds, model.model(), guarantee);
        output.requireWritable();
        chart.requireWritable();
        StreamReport report = MeasurementFolder.lend(
                "bench-stream", (folder, turns) -> new StreamBench(settings, folder, turns).run());
        output.write(StreamTable.lines(report), report);
        chart.write("A backlog of events, " + report.model(), "events a second", 0, StreamTable.bars(report));
        return 0;
    }
}
