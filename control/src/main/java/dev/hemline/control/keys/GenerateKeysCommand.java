package dev.hemline.control.keys;

import dev.hemline.model.signing.KeyFileException;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.service.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hemline keys generate}. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = "Makes an Ed25519 key pair in two PEM files and tells which flags use them.")
final class GenerateKeysCommand implements Callable<Integer> {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "${sys:user.home}/.hemline/keys",
            description = "Folder for both files, made if it is missing. Default: ${DEFAULT-VALUE}")
    Path folder = Path.of(System.getProperty("user.home"), ".hemline", "keys");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "hemline",
            description = "The files are NAME.private.pem and NAME.public.pem. Default: ${DEFAULT-VALUE}")
    String name = "hemline";

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        if (!name.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("--name is letters, digits, dots and hyphens, not '" + name + "'");
        }
        Path privateFile = folder.resolve(name + ".private.pem");
        Path publicFile = folder.resolve(name + ".public.pem");
        SigningKey key = SigningKey.generate();
        try {
            Files.createDirectories(folder);
            requireMissing(privateFile);
            requireMissing(publicFile);
            key.write(privateFile);
            key.trustedKey().write(publicFile);
        } catch (KeyFileException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UserError("Cannot make folder " + folder + ": " + e, e);
        }
        tell(key, privateFile, publicFile);
        return 0;
    }

    private static void requireMissing(Path file) {
        if (Files.exists(file)) {
            throw new UserError(
                    file + " is there already and a key is never overwritten; choose another --name or --out");
        }
    }

    private void tell(SigningKey key, Path privateFile, Path publicFile) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println("key id       " + key.keyId());
        out.println("private key  " + privateFile + "  (keep it secret; whoever has it can publish models)");
        out.println("public key   " + publicFile);
        out.println();
        out.println("trainer, train, models publish:  --signing-key " + privateFile);
        out.println("classifier:                      --trusted-keys " + publicFile);
        out.flush();
    }
}
