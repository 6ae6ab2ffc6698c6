package dev.hemline.insight.choice;

import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.model.folder.ModelFolder;
import dev.hemline.model.serving.Sha256;
import dev.hemline.service.UserError;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Models as files: folders that trainings wrote, and TorchScript files with or without a manifest beside them. */
public final class ModelFiles {
    private ModelFiles() {}

    /**
     * Whether a text means a file or folder rather than a model's name. A folder that merely has the name, as this
     * repository's {@code fashion-mnist}, is not meant.
     */
    public static boolean isMeant(String text) {
        Path place = Path.of(text);
        return text.contains("/")
                || text.contains(File.separator)
                || text.endsWith(".pt")
                || Files.isRegularFile(place)
                || Files.exists(new ModelFolder(place).manifestFile());
    }

    /**
     * A model that is described: a folder with {@code model.pt} and {@code manifest.json}, or a file in such a folder.
     *
     * @throws UserError if it cannot be read or nothing describes it
     */
    public static ChosenModel read(Path place) {
        if (Files.isDirectory(place)) {
            return folder(place);
        }
        byte[] archive = content(place);
        return described(place, archive)
                .orElseThrow(() -> new UserError("There is no manifest.json beside " + place
                        + " that describes it, so nobody knows its labels and input; name a folder that hemline train"
                        + " --output wrote"));
    }

    /**
     * Any model; one that nothing describes is taken to give logits for these labels and this input.
     *
     * @throws UserError if it cannot be read
     */
    public static ChosenModel readAny(Path place, List<String> labels, ModelInput input) {
        if (Files.isDirectory(place)) {
            return folder(place);
        }
        byte[] archive = content(place);
        return described(place, archive)
                .orElseGet(() -> new ChosenModel(
                        place.toString(), archive, labels, input, ModelOutput.LOGITS, Optional.empty()));
    }

    private static ChosenModel folder(Path place) {
        ModelFolder folder = new ModelFolder(place);
        try {
            ModelManifest manifest = folder.manifest();
            return ChosenModel.of(place.toString(), manifest, folder.archive(manifest));
        } catch (IOException e) {
            throw new UserError(
                    "There is no whole model in " + place + " (model.pt and manifest.json are needed): "
                            + e.getMessage(),
                    e);
        }
    }

    private static Optional<ChosenModel> described(Path file, byte[] archive) {
        ModelFolder folder = new ModelFolder(file.toAbsolutePath().resolveSibling(""));
        if (!Files.isRegularFile(folder.manifestFile())) {
            return Optional.empty();
        }
        try {
            ModelManifest manifest = folder.manifest();
            return manifest.getArchive().getSha256().equalsIgnoreCase(Sha256.hex(archive))
                    ? Optional.of(ChosenModel.of(file.toString(), manifest, archive))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UserError("Cannot read " + folder.manifestFile() + ": " + e.getMessage(), e);
        }
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new UserError("There is no model " + file + ", neither file nor folder", e);
        } catch (IOException e) {
            throw new UserError("Cannot read the model " + file + ": " + e, e);
        }
    }
}
