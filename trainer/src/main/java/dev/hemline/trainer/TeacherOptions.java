package dev.hemline.trainer;

import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.insight.choice.ModelFiles;
import dev.hemline.model.serving.Sha256;
import dev.hemline.service.UserError;
import dev.hemline.trainer.training.Distillation;
import dev.hemline.trainer.training.Distillation.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Who teaches. Use as a picocli {@code @Mixin}. */
final class TeacherOptions {
    @Option(
            names = "--teacher",
            paramLabel = "MODEL",
            converter = ModelConverter.class,
            description =
                    "Learn from the answers of this trained network too, which makes a small network better at the"
                            + " same cost of serving it; a folder that hemline train --output wrote, or the model.pt in one."
                            + " Given several times, the mean of their answers counts. It works in a thread of its own:"
                            + " --threads 1 leaves it a processor. Default: labels alone")
    List<ChosenModel> models = new ArrayList<>();

    @Option(
            names = "--teacher-weight",
            paramLabel = "SHARE",
            description = "Share of the teacher in what is to be learnt; the label has the rest. Default: 0.9")
    @Nullable
    Double weight;

    /**
     * What they make of it for a recipe; null without a teacher.
     *
     * @throws IllegalArgumentException if a value makes no sense; the message names its flag
     */
    @Nullable
    Distillation distillation() {
        if (models.isEmpty() && weight == null) {
            return null;
        }
        return new Distillation(
                models.stream().map(TeacherOptions::source).toList(),
                weight == null ? Distillation.USUAL_WEIGHT : weight);
    }

    private static Source source(ChosenModel model) {
        return new Source(model.manifest().orElseThrow().getNetwork(), Sha256.hex(model.archive()));
    }

    /** Reads the model at once, so that recipe and teacher cannot differ, and nobody waits for images to hear of a typo. */
    private static final class ModelConverter implements ITypeConverter<ChosenModel> {
        @Override
        public ChosenModel convert(String place) {
            try {
                return ModelFiles.read(Path.of(place));
            } catch (UserError e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
