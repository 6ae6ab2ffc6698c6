package dev.hemline.control.keys;

import dev.hemline.model.signing.KeyFileException;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.service.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whose models a command counts. Use as a picocli {@code @Mixin}. */
public final class TrustedKeysOption {
    @Option(
            names = "--trusted-keys",
            paramLabel = "FILE|DIR",
            description = "Count only versions signed with one of these public keys, a PEM file or a folder of them, as"
                    + " classifiers with this flag do. Repeatable; several in HEMLINE_TRUSTED_KEYS are separated by commas."
                    + " Default: unsigned versions count too",
            split = ",")
    List<Path> files = new ArrayList<>();

    /**
     * The keys; empty if any version counts.
     *
     * @throws UserError if one cannot be read
     */
    public Optional<TrustedKeys> read() {
        try {
            return files.isEmpty() ? Optional.empty() : Optional.of(TrustedKeys.read(files));
        } catch (KeyFileException e) {
            throw new UserError("--trusted-keys: " + e.getMessage(), e);
        }
    }
}
