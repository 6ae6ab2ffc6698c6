package dev.hemline.model.signing;

import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelSignature;
import dev.hemline.model.serving.Sha256;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Optional;

/** The public half of a key that models are signed with. Thread-safe. */
public final class TrustedKey {
    private static final String READABLE_BY_ALL = "rw-r--r--";
    private static final int ID_DIGITS = 16;

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
        try {
            Optional<byte[]> x509 = PemFile.read(file, PemFile.PUBLIC);
            return x509.isEmpty() ? Optional.empty() : Optional.of(new TrustedKey(Ed25519.publicKey(x509.get())));
        } catch (IOException e) {
            throw new KeyFileException("Cannot read key " + file + ": " + e, e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new KeyFileException(file + " holds no Ed25519 key: " + e.getMessage(), e);
        }
    }

    /** @throws KeyFileException if the file is there already; a key is never overwritten */
    public void write(Path file) throws KeyFileException {
        try {
            PemFile.write(file, PemFile.PUBLIC, key.getEncoded(), READABLE_BY_ALL);
        } catch (FileAlreadyExistsException e) {
            throw new KeyFileException(file + " is there already and a key is never overwritten", e);
        } catch (IOException e) {
            throw new KeyFileException("Cannot write key " + file + ": " + e, e);
        }
    }

    /** What manifests call this key: the first 16 hexadecimal digits of the SHA-256 of its X.509 encoding. */
    public String keyId() {
        return keyId;
    }

    /** Whether the signature is this key's and of exactly this manifest. */
    boolean signed(ModelManifest manifest, ModelSignature signature) {
        byte[] bytes = new byte[signature.getSignature().remaining()];
        signature.getSignature().duplicate().get(bytes);
        return Ed25519.verify(key, SignedBytes.of(manifest), bytes);
    }
}
