package dev.hemline.control.keys;

import dev.hemline.model.signing.KeyFileException;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.model.signing.TrustedKey;
import dev.hemline.service.UserError;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hemline keys show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Tells which half of a key is in a PEM file, and its id, as models list shows it.")
final class ShowKeyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A PEM file with a public or a private key.")
    @Nullable
    Path file;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println(describe(Objects.requireNonNull(file)));
        out.flush();
        return 0;
    }

    private static String describe(Path file) {
        try {
            Optional<TrustedKey> trusted = TrustedKey.read(file);
            return trusted.isPresent()
                    ? trusted.get().keyId() + "  public key, for --trusted-keys"
                    : SigningKey.read(file).keyId() + "  private key, for --signing-key";
        } catch (KeyFileException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }
}
