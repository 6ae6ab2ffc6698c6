package dev.hemline.benchmarks.command;

import dev.hemline.service.JsonFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where figures go: to the terminal, and to a file if one is named. Use as a picocli {@code @Mixin}. */
public final class ReportOutput {
    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures here too.")
    @Nullable
    Path json;

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec command;

    /** @throws dev.hemline.service.UserError if the file cannot be written: better now than when all is measured */
    public void requireWritable() {
        if (json != null) {
            JsonFile.requireWritable(json);
        }
    }

    /** Says it in a table. */
    public void write(List<String> table, Object report) {
        PrintWriter out = Objects.requireNonNull(command).commandLine().getOut();
        table.forEach(out::println);
        out.flush();
        if (json != null) {
            JsonFile.write(report, json);
        }
    }

    /** Says it as the file has it. */
    public void write(Object report) {
        write(List.of(JsonFile.text(report)), report);
    }
}
