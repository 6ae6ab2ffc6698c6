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

class InferenceBenchTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldMeasureEveryContenderWithEveryBatchSize() throws Exception {
        FashionMnistFixture.copyInto(folder);
        Path json = folder.resolve("inference.json");
        Path chart = folder.resolve("inference.svg");

        int exit = run(
                "--data",
                folder.toString(),
                "--rounds=1",
                "--seconds=0.01",
                "--batches=1,4",
                "--json",
                json.toString(),
                "--chart",
                chart.toString());

        assertThat(exit).isZero();
        assertThat(out.toString().lines().filter(line -> line.matches(".* (1|4) +[0-9,]+ \\(.*%")))
                .hasSize(10);
        assertThat(out.toString()).contains("hemline, batch 4", "hemline-bfloat16, batch 4");
        assertThat(Files.readString(json)).contains("\"peak\"", "\"shareOfPeak\"", "\"otherLabels\" : 0");
        assertThat(Files.readString(chart)).contains("<svg", "Inference, tiny", "onnxruntime, ", "hemline-bfloat16, ");
    }

    private int run(String... args) {
        return CommandLineApp.of(new InferenceBench(), Map.of())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
