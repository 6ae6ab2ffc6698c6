package dev.hemline.classifier.fetch;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What events say of pictures that are elsewhere. */
final class Claims {
    private Claims() {}

    static byte[] sha256(byte[] picture) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(picture);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
