package dev.hemline.quickstart.demo;

import dev.hemline.model.signing.KeyFileException;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.service.UserError;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The key pair that a demo's models are signed with. It stays in the demo's folder, so that a demo that goes on trusts
 * the models it had.
 *
 * @param signing what the trainer signs with
 * @param trusted what the classifier checks signatures with
 */
record DemoKeys(Path signing, Path trusted) {
    /** @throws UserError if the keys can be neither found nor made */
    static DemoKeys in(DemoFolder folder) {
        var keys =
                new DemoKeys(folder.keys().resolve("private.pem"), folder.keys().resolve("public.pem"));
        if (!Files.exists(keys.signing)) {
            keys.make();
        }
        return keys;
    }

    private void make() {
        SigningKey key = SigningKey.generate();
        try {
            key.trustedKey().write(trusted);
            key.write(signing);
        } catch (KeyFileException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }
}
