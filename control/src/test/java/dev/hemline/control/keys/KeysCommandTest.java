package dev.hemline.control.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.model.signing.SigningKey;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.service.CommandLineApp;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private int run(String... args) {
        return CommandLineApp.of(new KeysCommand(), Map.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    @Test
    void shouldMakeAPairAndTellTheFlagsThatUseIt() throws Exception {
        Path keys = folder.resolve("new");

        int exitCode = run("generate", "--out", keys.toString());

        assertThat(exitCode).isZero();
        Path secret = keys.resolve("hemline.private.pem");
        String id = SigningKey.read(secret).keyId();
        assertThat(TrustedKeys.read(List.of(keys)).ids()).containsExactly(id);
        assertThat(out.toString())
                .contains("key id       " + id)
                .contains("--signing-key " + secret)
                .contains("--trusted-keys " + keys.resolve("hemline.public.pem"));
    }

    @Test
    void shouldNotReplaceAKey() {
        run("generate", "--out", folder.toString());

        int exitCode = run("generate", "--out", folder.toString());

        assertThat(exitCode).isEqualTo(CommandLineApp.FAILED);
        assertThat(err.toString()).contains("never overwritten").contains("--name");
    }

    @Test
    void shouldLeaveAPairAsItIsWhenOnlyAMissingOneIsWanted() throws Exception {
        run("generate", "--out", folder.toString(), "--if-missing");
        String id = SigningKey.read(folder.resolve("hemline.private.pem")).keyId();

        int exitCode = run("generate", "--out", folder.toString(), "--if-missing");

        assertThat(exitCode).isZero();
        assertThat(SigningKey.read(folder.resolve("hemline.private.pem")).keyId())
                .isEqualTo(id);
        assertThat(out.toString()).contains("are there already");
    }

    @Test
    void shouldNotMakeHalfAPair() throws Exception {
        run("generate", "--out", folder.toString());
        Files.delete(folder.resolve("hemline.public.pem"));

        int exitCode = run("generate", "--out", folder.toString(), "--if-missing");

        assertThat(exitCode).isEqualTo(CommandLineApp.FAILED);
        assertThat(err.toString()).contains("hemline.private.pem").contains("never overwritten");
    }

    @Test
    void shouldPutThePublicHalfWhereThePrivateOneIsNot() throws Exception {
        Path secret = folder.resolve("secret");
        Path trusted = folder.resolve("trusted");

        int exitCode = run("generate", "--out", secret.toString(), "--public-out", trusted.toString());

        assertThat(exitCode).isZero();
        assertThat(secret)
                .isDirectoryContaining("glob:**/hemline.private.pem")
                .isDirectoryNotContaining("glob:**public*");
        assertThat(TrustedKeys.read(List.of(trusted)).ids())
                .containsExactly(
                        SigningKey.read(secret.resolve("hemline.private.pem")).keyId());
    }

    @Test
    void shouldShowTheSameIdForBothHalves() throws Exception {
        run("generate", "--out", folder.toString(), "--name", "mine");
        String id = SigningKey.read(folder.resolve("mine.private.pem")).keyId();
        out.getBuffer().setLength(0);

        run("show", folder.resolve("mine.private.pem").toString());
        run("show", folder.resolve("mine.public.pem").toString());

        assertThat(out.toString().lines())
                .containsExactly(id + "  private key, for --signing-key", id + "  public key, for --trusted-keys");
    }

    @Test
    void shouldSayWhatIsMissingInAFileWithoutKeys() {
        int exitCode = run("show", folder.resolve("none.pem").toString());

        assertThat(exitCode).isEqualTo(CommandLineApp.FAILED);
        assertThat(err.toString()).contains("Cannot read key");
    }
}
