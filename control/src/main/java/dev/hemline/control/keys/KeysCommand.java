package dev.hemline.control.keys;

import dev.hemline.model.signing.KeyFileException;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.model.signing.TrustedKey;
import dev.hemline.service.BaseCommand;
import dev.hemline.service.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hemline keys}. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Makes and shows keys that models are signed with.",
            "",
            "A TorchScript model is a program. Whoever may write to topic models decides what classifiers run, unless"
                    + " they are told whose models to take: trainers, and whoever publishes or pins, get the private key, and"
                    + " classifiers and whoever looks at models the public one.",
            ""
        },
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  hemline keys generate --out keys",
            "  hemline trainer --signing-key keys/hemline.private.pem",
            "  hemline classifier --trusted-keys keys/hemline.public.pem",
            "  hemline models pin 3 --signing-key keys/hemline.private.pem"
        },
        subcommands = {KeysCommand.Generate.class, KeysCommand.Show.class})
public final class KeysCommand {

    /** {@code hemline keys generate}. */
    @Command(
            name = "generate",
            description = "Makes an Ed25519 key pair in two PEM files and tells which flags use them.")
    static final class Generate extends BaseCommand {
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
                description =
                        "Folder for the public key, where those may look who must not see the private one. Default:"
                                + " that of --out")
        @Nullable
        Path publicFolder;

        @Option(names = "--if-missing", description = "Leave both files as they are if they are there already.")
        boolean ifMissing;

        @Override
        public Integer call() {
            if (!name.matches("[A-Za-z0-9._-]+")) {
                throw new IllegalArgumentException("--name is letters, digits, dots and hyphens, not '" + name + "'");
            }
            Path privateFile = folder.resolve(name + ".private.pem");
            Path publicFile = (publicFolder == null ? folder : publicFolder).resolve(name + ".public.pem");
            if (ifMissing && Files.exists(privateFile) && Files.exists(publicFile)) {
                say(privateFile + " and " + publicFile + " are there already");
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
            say(List.of(
                    "key id       " + key.keyId(),
                    "private key  " + privateFile + "  (keep it secret; whoever has it can publish models)",
                    "public key   " + publicFile,
                    "",
                    "trainer, train, models publish, pin, unpin and rollback:  --signing-key " + privateFile,
                    "classifier, trainer, predict, evaluate and models:        --trusted-keys " + publicFile));
        }
    }

    /** {@code hemline keys show}. */
    @Command(
            name = "show",
            description = "Tells which half of a key is in a PEM file, and its id, as models list shows it.")
    static final class Show extends BaseCommand {
        @Parameters(paramLabel = "FILE", description = "A PEM file with a public or a private key.")
        @Nullable
        Path file;

        @Override
        public Integer call() {
            say(describe(Objects.requireNonNull(file)));
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
}
