package dev.hemline.trainer.report;

import dev.hemline.insight.data.DataOptions;
import dev.hemline.insight.page.PageOptions;
import dev.hemline.service.BaseCommand;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hemline report}. */
@Command(
        name = "report",
        sortOptions = false,
        description = {
            "Writes a training's report again: one HTML page, which needs nothing beside it, with recipe, learning curves,"
                    + " test accuracy, confusion matrix, calibration, worst mistakes, filters and costs.",
            "",
            "Every hemline train --output writes it by itself.",
            ""
        },
        footer = {"", "Example:", "  hemline report large --open"})
public final class ReportCommand extends BaseCommand {
    @Parameters(paramLabel = "DIR", description = "The folder that hemline train --output wrote.")
    private @Nullable Path folder;

    @Mixin
    DataOptions data = new DataOptions();

    @Mixin
    PageOptions page = new PageOptions();

    @Override
    public Integer call() {
        Path trained = Objects.requireNonNull(folder);
        page.deliver(TrainingReport.of(trained, data.split()), trained.resolve(TrainingReport.FILE_NAME), out());
        return 0;
    }
}
