package dev.hemline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.benchmarks.stream.SoakBench;
import dev.hemline.service.CommandLineApp;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stream | --network=huge | huge",
                "stream | --rounds=0 | --rounds is 1 to 1000, not 0",
                "stream | --events=10 | --events is 1000 to 10000000, not 10",
                "stream | --guarantee=maybe | maybe",
                "latency | --network=huge | huge",
                "latency | --rounds=0 | --rounds",
                "latency | --shares=0.5,1.2 | --shares",
                "latency | --seconds=0 | --seconds is 0.1 to 3600, not 0",
                "latency | --warm-up=0 | --warm-up",
                "latency | --backlog=10 | --backlog",
                "latency | --contenders=hemline,spark | --contenders",
                "scale | --network=huge | huge",
                "scale | --rounds=0 | --rounds",
                "scale | --events=10 | --events",
                "scale | --warm-up=0 | --warm-up",
                "scale | --partitions=4,0 | --partitions are 1 to 1000, not 0",
                "scale | --backlogs=5 | --backlogs",
                "scale | --instances=99 | --instances",
                "scale | --sizes=784,1000 | --sizes",
                "scale | --only=speed | speed",
                "startup | --network=huge | huge",
                "startup | --rounds=0 | --rounds",
                "startup | --warm-up=-1 | --warm-up",
                "startup | --versions=0 | --versions",
                "startup | --contenders=x | --contenders",
                "swaps | --swaps=9 | --swaps is 10 to 100000, not 9",
                "swaps | --warm-up=0 | --warm-up",
                "swaps | --every=0.5 | --every is at least 1 s",
                "swaps | --rate=0 | --rate",
                "swaps | --network=huge | huge",
                "inference | --network=huge | huge",
                "inference | --rounds=0 | --rounds",
                "inference | --seconds=0 | --seconds",
                "inference | --batches=0 | --batches",
                "drift | --trials=0 | --trials is 1 to 10000, not 0",
                "drift | --sizes=100,10 | --sizes have to rise",
                "drift | --sizes=1 | --sizes are 2 to",
                "drift | --false-alarms=0 | --false-alarms",
                "drift | --only=accuracy | accuracy",
                "refresh | --changes=noise,sideways | --changes takes KIND[:STRENGTH], for instance invert or noise:25, not 'sideways'",
                "refresh | --changes=mix | --changes takes KIND[:STRENGTH]",
                "refresh | --changes=brighter:256 | --changes brighter takes 0 to 255",
                "refresh | --labels=10 | --labels are 50 to 2000, not 10",
                "refresh | --label-delay=-1 | --label-delay is 0 to 3600, not -1",
                "refresh | --variants=magic | magic",
                "referee | --experiments=1 | --experiments is 20 to 1000000, not 1",
                "referee | --labels=10 | --labels",
                "referee | --alpha=1 | --alpha",
                "referee | --differences=0.1,0.1 | twice"
            })
    void shouldSayInOneLineWhatIsWrong(String verb, String flag, String said) {
        assertThat(run(new BenchCommand(), verb, flag)).isEqualTo(CommandLineApp.WRONG_USAGE);
        assertThat(err.toString()).hasLineCount(1).contains(said);
    }

    @Test
    void shouldRefuseFlagsOfASoakToo() {
        assertThat(run(new SoakBench(), "--events=10")).isEqualTo(CommandLineApp.WRONG_USAGE);
        assertThat(run(new SoakBench(), "--swap-every=0.1")).isEqualTo(CommandLineApp.WRONG_USAGE);
        assertThat(err.toString()).hasLineCount(2).contains("--events is at least 10000", "--swap-every is at least");
    }

    private int run(Object command, String... flags) {
        return CommandLineApp.of(command, Map.of())
                .setErr(new PrintWriter(err, true))
                .execute(flags);
    }
}
