package dev.hemline.model.signing;

import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelSignature;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.KeyPair;

/** An Ed25519 key pair that vouches for models. Thread-safe. */
public final class SigningKey {
    private static final String OWNER_ONLY = "rw-------";

    private final KeyPair pair;
    private final TrustedKey trusted;

    private SigningKey(KeyPair pair) {
        this.pair = pair;
        this.trusted = new TrustedKey(pair.getPublic());
    }

    /** A new pair that nobody else has. */
    public static SigningKey generate() {
        return new SigningKey(Ed25519.generate());
    }

    /**
     * Reads a PEM file with a private key, from {@link #write} or {@code openssl genpkey -algorithm ed25519}.
     *
     * @throws KeyFileException if there is none in it
     */
    public static SigningKey read(Path file) throws KeyFileException {
        return PemFile.read(file, PemFile.PRIVATE, pkcs8 -> new SigningKey(Ed25519.pair(pkcs8)))
                .orElseThrow(() -> new KeyFileException("There is no private key in " + file
                        + "; hemline keys generate makes one, and openssl genpkey -algorithm ed25519"));
    }

    /**
     * Writes the private half, for its owner's eyes only where the file system knows owners.
     *
     * @throws KeyFileException if the file is there already; a key is never overwritten
     */
    public void write(Path file) throws KeyFileException {
        PemFile.write(file, PemFile.PRIVATE, pair.getPrivate().getEncoded(), OWNER_ONLY);
    }

    /** The public half, which classifiers are given. */
    public TrustedKey trustedKey() {
        return trusted;
    }

    /** What manifests call this key. */
    public String keyId() {
        return trusted.keyId();
    }

    /** The same manifest, signed; a signature it had is replaced. */
    public ModelManifest sign(ModelManifest manifest) {
        byte[] signature = Ed25519.sign(pair.getPrivate(), TrustedKey.signedBytes(manifest));
        return ModelManifest.newBuilder(manifest)
                .setSignature(new ModelSignature(keyId(), ByteBuffer.wrap(signature)))
                .build();
    }
}
