package dev.hemline.model.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.event.ModelSignature;
import dev.hemline.model.serving.Sha256;
import dev.hemline.topic.UndecodableEventException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;

/** The public half of a key that models are signed with. Thread-safe. */
public final class TrustedKey {
    private static final String READABLE_BY_ALL = "rw-r--r--";
    static final int ID_DIGITS = 16;
    /**
     * Of a record whose value has no place for a signature: the key's id, and 64 bytes over {@code hemline}, key and value
     * with a zero byte between. Releases that do not know it read the value all the same.
     */
    public static final String HEADER = "hemline.signature";

    private final PublicKey key;
    private final String keyId;

    TrustedKey(PublicKey key) {
        this.key = key;
        this.keyId = Sha256.hex(key.getEncoded()).substring(0, ID_DIGITS);
    }

    /**
     * Reads a PEM file with a public key; empty if it holds something else.
     *
     * @throws KeyFileException if it cannot be read, or its public key is not Ed25519
     */
    public static Optional<TrustedKey> read(Path file) throws KeyFileException {
        return PemFile.read(
                file,
                PemFile.PUBLIC,
                x509 -> new TrustedKey(
                        KeyFactory.getInstance(SigningKey.ALGORITHM).generatePublic(new X509EncodedKeySpec(x509))));
    }

    /** @throws KeyFileException if the file is there already; a key is never overwritten */
    public void write(Path file) throws KeyFileException {
        PemFile.write(file, PemFile.PUBLIC, key.getEncoded(), READABLE_BY_ALL);
    }

    /** What manifests call this key: the first 16 hexadecimal digits of the SHA-256 of its X.509 encoding. */
    public String keyId() {
        return keyId;
    }

    /** Whether the signature is this key's and of exactly this manifest. */
    boolean signed(SignedManifest manifest, ModelSignature signature) {
        byte[] bytes = new byte[signature.getSignature().remaining()];
        signature.getSignature().duplicate().get(bytes);
        try {
            return signed(manifest.covered(), bytes);
        } catch (UndecodableEventException e) {
            return false;
        }
    }

    boolean signed(byte[] bytes, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(SigningKey.ALGORITHM);
            verifier.initVerify(key);
            verifier.update(bytes);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // Java throws where the bytes cannot be a signature at all.
            return false;
        }
    }

    /** What is signed of a manifest begins with other bytes, so neither's signature can be taken for the other's. */
    static byte[] signedBytes(String key, byte[] value) {
        byte[] start = ("hemline\0" + key + "\0").getBytes(UTF_8);
        return ByteBuffer.allocate(start.length + value.length)
                .put(start)
                .put(value)
                .array();
    }
}
