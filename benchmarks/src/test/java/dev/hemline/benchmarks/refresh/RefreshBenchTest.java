package dev.hemline.benchmarks.refresh;

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

class RefreshBenchTest {
    @TempDir
    Path folder;

    @Test
    void shouldGoFromPicturesToATableCurvesAndFigures() throws Exception {
        FashionMnistFixture.copyInto(folder);
        Path json = folder.resolve("refresh.json");
        Path chart = folder.resolve("refresh.svg");
        var out = new StringWriter();

        // From nothing, for that many images, is the shortest training there is.
        int exit = CommandLineApp.of(new RefreshBench(), Map.of())
                .setOut(new PrintWriter(out, true))
                .execute(
                        "--data",
                        folder.toString(),
                        "--model=../reference-models/tiny",
                        "--changes=invert,blur",
                        "--labels=50",
                        "--variants=none,from-nothing",
                        "--epochs=1",
                        "--threads=1",
                        "--label-delay=3",
                        "--json",
                        json.toString(),
                        "--chart",
                        chart.toString());

        assertThat(exit).isZero();
        assertThat(out.toString())
                .contains("3 % of the labels wrong")
                .containsPattern("invert +none +50 +([0-9.]+ %) +\\1 +0.000 +([0-9.]+ %) +\\2 +0.0")
                .containsPattern("blur +from-nothing +50 ");
        assertThat(Files.readString(json))
                .contains("\"variant\" : \"from-nothing\"", "\"processors\" :", "\"labelDelay\" : 3.0")
                .containsOnlyOnce("\"overTime\" : {")
                .containsPattern("\"second\" : -10,\\s+\"accuracy\" : 0.[89]");
        assertThat(Files.readString(chart))
                .contains("<svg", "Accuracy over seconds since pictures changed: invert", "50 labels after 3 s")
                .contains(">none</text>", ">from-nothing</text>");
    }
}
