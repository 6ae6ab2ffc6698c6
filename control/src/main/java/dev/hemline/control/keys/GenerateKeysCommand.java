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

    @Option(
            names = "--public-out",
            paramLabel = "DIR",
            description = "Folder for the public key, where those may look who must not see the private one. Default:"
                    + " that of --out")
    @Nullable
    Path publicFolder;

    @Option(names = "--if-missing", description = "Leave both files as they are if they are there already.")
    boolean ifMissing;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        if (!name.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("--name is letters, digits, dots and hyphens, not '" + name + "'");
        }
        Path privateFile = folder.resolve(name + ".private.pem");
        Path publicFile = (publicFolder == null ? folder : publicFolder).resolve(name + ".public.pem");
        if (ifMissing && Files.exists(privateFile) && Files.exists(publicFile)) {
            out().println(privateFile + " and " + publicFile + " are there already");
            return 0;
        }
        SigningKey key = SigningKey.generate();
        try {
            Files.createDirectories(folder);
            Files.createDirectories(publicFile.toAbsolutePath().getParent());
            requireMissing(privateFile);
            requireMissing(publicFile);
            key.write(privateFile);
            key.trustedKey().write(publicFile);
        } catch (KeyFileException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UserError("Cannot make the folders for " + privateFile + " and " + publicFile + ": " + e, e);
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
        PrintWriter out = out();
        out.println("key id       " + key.keyId());
        out.println("private key  " + privateFile + "  (keep it secret; whoever has it can publish models)");
        out.println("public key   " + publicFile);
        out.println();
        out.println("trainer, train, models publish:  --signing-key " + privateFile);
        out.println("classifier:                      --trusted-keys " + publicFile);
        out.flush();
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
