package dev.hemline.insight.explore;

import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.fashionmnist.Split;
import dev.hemline.insight.data.DataOptions;
import dev.hemline.insight.page.PageOptions;
import dev.hemline.insight.page.Progress;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hemline explore}. */
@Command(
        name = "explore",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Looks at a dataset and writes what there is to know of it as one HTML page, which needs nothing beside it:"
                    + " the balance of classes, samples, mean and deviation of each class, grey levels, and"
                    + " near-duplicates between train and test.",
            ""
        })
public final class ExploreCommand implements Callable<Integer> {
    @Mixin
    DataOptions data = new DataOptions();

    @Mixin
    PageOptions page = new PageOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        Split split = data.split();
        Exploration found;
        try (Progress progress = Progress.over("Near-duplicates", split.test().size())) {
            found = Exploration.of(split, LabelledImages.concat(split.train(), split.validation()), progress::step);
        }
        page.deliver(
                ExplorationPage.of(found),
                Path.of("explore.html"),
                Objects.requireNonNull(spec).commandLine().getOut());
        return 0;
    }
}
