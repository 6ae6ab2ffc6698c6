package dev.hemline.benchmarks.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.service.CommandLineApp;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TrainingFlagsTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "--network=huge, huge",
        "--rounds=0, --rounds",
        "--seconds=0, --seconds",
        "--threads=0, --threads",
        "--batch-size=1, --batch-size",
        "--batch-size=1001, 920 images"
    })
    void shouldSayInOneLineWhatIsWrong(String flag, String said) {
        FashionMnistFixture.copyInto(folder);

        int exit = run(flag, "--data", folder.toString());

        assertThat(exit).isEqualTo(CommandLineApp.WRONG_USAGE);
        assertThat(err.toString()).hasLineCount(1).contains(said);
    }

    @Test
    void shouldPrintATableAndWriteTheFiguresDown() throws Exception {
        FashionMnistFixture.copyInto(folder);
        Path json = folder.resolve("training.json");

        int exit = run(
                "--data",
                folder.toString(),
                "--rounds=1",
                "--seconds=0.1",
                "--threads=1",
                "--batch-size=32",
                "--no-race",
                "--json",
                json.toString());

        assertThat(exit).isZero();
        assertThat(out.toString()).contains("81,946 parameters", "djl-blocks-nchw-float32", "hemline-float32");
        assertThat(Files.readString(json)).contains("\"imagesPerSecond\"", "\"ratios\"", "\"race\" : null");
    }

    private int run(String... args) {
        CommandLine commandLine = CommandLineApp.of(new TrainingBench(), Map.of())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        return commandLine.execute(args);
    }
}
