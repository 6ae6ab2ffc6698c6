package dev.hemline.benchmarks.drift;

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

class DriftBenchTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldGoFromPicturesToTablesCurvesAndFigures() throws Exception {
        FashionMnistFixture.copyInto(folder);
        Path json = folder.resolve("drift.json");
        Path chart = folder.resolve("power.svg");

        int exit = run(
                "--data",
                folder.toString(),
                "--model=../reference-models/tiny",
                "--only=power,delays,mixes,false-alarms",
                "--trials=1",
                "--sizes=10,200",
                "--streams=1",
                "--results=1000",
                "--json",
                json.toString(),
                "--chart",
                chart.toString());

        assertThat(exit).isZero();
        assertThat(out.toString())
                .contains("of 200 images right; 1 trials of each, seed 1; 1 in a million results may be a false alarm")
                .containsPattern("large noise, 100 % +[0-9.]+ % +0.00/[0-9.]+ +1.00/[0-9.]+")
                .containsPattern("noise, sigma 50 +[0-9.]+ % +25 \\(25\\)")
                .containsPattern("one class alone +100.0 % +[1-9]")
                .contains("in 1,000 results: ", "in the first 1,000 of a new version, 20 versions: ");
        assertThat(Files.readString(json))
                .contains("\"shift\" : \"large noise, 100 %\"", "\"picturesByLive\" : ", "\"processors\" :");
        assertThat(Files.readString(chart)).contains("<svg", "medium image shift, 50 %", "BBSDs", "polyline");
    }

    @Test
    void shouldRefuseToDrawWhatIsLeftOut() {
        assertThat(run("--only=mixes", "--chart=" + folder.resolve("power.svg")))
                .isEqualTo(CommandLineApp.WRONG_USAGE);
        assertThat(err.toString()).contains("--chart draws power, which --only leaves out");
    }

    private int run(String... args) {
        return CommandLineApp.of(new DriftBench(), Map.of())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
