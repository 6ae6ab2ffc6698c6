package dev.hemline.control.keys;

import dev.hemline.model.signing.KeyFileException;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.service.UserError;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a command signs with. Use as a picocli {@code @Mixin}. */
public final class SigningKeyOption {
    @Option(
            names = "--signing-key",
            paramLabel = "FILE",
            description = "Sign it with this private key: classifiers with --trusted-keys follow nothing else.")
    @Nullable
    Path file;

    /**
     * The key; empty if nothing is signed.
     *
     * @throws UserError if it cannot be read
     */
    public Optional<SigningKey> read() {
        try {
            return file == null ? Optional.empty() : Optional.of(SigningKey.read(file));
        } catch (KeyFileException e) {
            throw new UserError("--signing-key: " + e.getMessage(), e);
        }
    }
}
