package dev.hemline.insight.explore;

import dev.hemline.fashionmnist.Split;
import dev.hemline.insight.data.DataOptions;
import dev.hemline.insight.page.Page;
import dev.hemline.insight.page.PageOptions;
import dev.hemline.service.BaseCommand;
import dev.hemline.service.ProgressBars;
import java.nio.file.Path;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hemline explore}. */
@Command(
        name = "explore",
        sortOptions = false,
        description = {
            "Looks at a dataset and writes what there is to know of it as one HTML page, which needs nothing beside it:"
                    + " the balance of classes, samples, mean and deviation of each class, grey levels, and"
                    + " near-duplicates between train and test.",
            ""
        },
        footer = {"", "Examples:", "  hemline explore --open", "  hemline explore --data photos --output photos.html"})
public final class ExploreCommand extends BaseCommand {
    @Mixin
    DataOptions data = new DataOptions();

    @Mixin
    PageOptions page = new PageOptions();

    @Override
    public Integer call() {
        Split split = data.split();
        Page found;
        try (ProgressBar progress = ProgressBars.of(
                        "Near-duplicates", split.test().size(), "images")
                .build()) {
            found = ExplorationPage.of(split, progress::step);
        }
        page.deliver(found, Path.of("explore.html"), out());
        return 0;
    }
}
