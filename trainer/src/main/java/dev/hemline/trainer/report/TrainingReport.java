package dev.hemline.trainer.report;

import dev.hemline.fashionmnist.Split;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.insight.page.Page;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.service.ProgressBars;
import dev.hemline.service.UserError;
import java.nio.file.Path;
import me.tongfei.progressbar.ProgressBar;

/** Tells one training on one page: how it was done, how it went, what came of it and where it fails. */
public final class TrainingReport {
    /** What the page is called in a training's folder. */
    public static final String FILE_NAME = "report.html";

    private TrainingReport() {}

    /**
     * The page of a training that has ended. Reads the images to test with once more, for the figures of the model that
     * was already chosen.
     *
     * @param folder with {@code model.pt}, {@code manifest.json} and {@code history.json}
     * @param split the images that it was trained, validated and tested with
     * @throws UserError if a file is missing or damaged, or the training has not ended
     */
    public static Page of(Path folder, Split split) {
        TrainedFolder trained = TrainedFolder.read(folder);
        if (!trained.model().labels().equals(split.test().classNames())) {
            throw new UserError(folder + " holds a model for the classes "
                    + trained.model().labels() + "; name the dataset that it was trained with by --data");
        }
        try (ArchiveClassifier classifier = trained.model().open();
                ProgressBar progress = ProgressBars.of("Testing", split.test().size(), "images")
                        .build()) {
            return ReportPage.of(trained, Answers.of(classifier, split.test(), progress::step));
        }
    }
}
