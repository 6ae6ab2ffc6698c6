package dev.hemline.quickstart.demo;

import dev.hemline.model.signing.KeyFileException;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.service.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is where in the folder of a demo. The key pair that its models are signed with stays there, so that a demo that goes
 * on trusts the models it had.
 */
record DemoFolder(Path root) {
    /** @throws UserError if it cannot be written, or keys can be neither found nor made */
    static DemoFolder in(Path root) {
        if (!Files.isWritable(root)) {
            throw new UserError("Folder " + root + " is not writable; choose another with --dir");
        }
        var folder = new DemoFolder(root);
        try {
            Files.createDirectories(folder.logs());
            Files.createDirectories(folder.signingKey().resolveSibling("."));
            if (!Files.exists(folder.signingKey())) {
                SigningKey key = SigningKey.generate();
                key.trustedKey().write(folder.trustedKey());
                key.write(folder.signingKey());
            }
            return folder;
        } catch (IOException e) {
            throw new UserError("Folder " + root + " cannot be used: " + e, e);
        } catch (KeyFileException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    Path classifierState() {
        return root.resolve("classifier-state");
    }

    Path challengerState() {
        return root.resolve("challenger-state");
    }

    /** What the trainer signs with. */
    Path signingKey() {
        return root.resolve("keys/private.pem");
    }

    /** What the classifier checks signatures with. */
    Path trustedKey() {
        return root.resolve("keys/public.pem");
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path log(String name) {
        return logs().resolve(name + ".log");
    }
}
