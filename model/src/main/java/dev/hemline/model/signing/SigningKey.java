package dev.hemline.model.signing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelSignature;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import org.apache.kafka.clients.producer.ProducerRecord;

/** An Ed25519 key pair that vouches for models. Thread-safe. */
public final class SigningKey {
    static final String ALGORITHM = "Ed25519";
    private static final String OWNER_ONLY = "rw-------";

    private final KeyPair pair;
    private final TrustedKey trusted;

    private SigningKey(KeyPair pair) {
        this.pair = pair;
        this.trusted = new TrustedKey(pair.getPublic());
    }

    /** A new pair that nobody else has. */
    public static SigningKey generate() {
        return new SigningKey(generate(new SecureRandom()));
    }

    private static KeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /**
     * Reads a PEM file with a private key, from {@link #write} or {@code openssl genpkey -algorithm ed25519}.
     *
     * @throws KeyFileException if there is none in it
     */
    public static SigningKey read(Path file) throws KeyFileException {
        return PemFile.read(file, PemFile.PRIVATE, pkcs8 -> new SigningKey(pair(pkcs8)))
                .orElseThrow(() -> new KeyFileException("There is no private key in " + file
                        + "; hemline keys generate makes one, and openssl genpkey -algorithm ed25519"));
    }

    /**
     * A PKCS#8 file holds the private half only, and Java derives the public one nowhere but while generating: so it
     * generates again, from the same 32 bytes.
     */
    private static KeyPair pair(byte[] pkcs8) throws GeneralSecurityException {
        PrivateKey key = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        byte[] seed = seed(key);
        KeyPair pair = generate(new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(seed, 0, bytes, 0, Math.min(bytes.length, seed.length));
            }
        });
        if (!MessageDigest.isEqual(seed(pair.getPrivate()), seed)) {
            throw new GeneralSecurityException("this Java does not derive the public half");
        }
        return pair;
    }

    private static byte[] seed(PrivateKey key) throws GeneralSecurityException {
        return ((EdECPrivateKey) key)
                .getBytes()
                .orElseThrow(() -> new GeneralSecurityException("the key does not show its bytes"));
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
        byte[] signature = sign(SignedManifest.of(manifest).covered());
        return ModelManifest.newBuilder(manifest)
                .setSignature(new ModelSignature(keyId(), ByteBuffer.wrap(signature)))
                .build();
    }

    /** The same record with a signature of its key and value in header {@link TrustedKey#HEADER}. */
    public ProducerRecord<String, byte[]> sign(ProducerRecord<String, byte[]> record) {
        byte[] signature = sign(TrustedKey.signedBytes(record.key(), record.value()));
        byte[] header = ByteBuffer.allocate(TrustedKey.ID_DIGITS + signature.length)
                .put(keyId().getBytes(US_ASCII))
                .put(signature)
                .array();
        record.headers().add(TrustedKey.HEADER, header);
        return record;
    }

    byte[] sign(byte[] bytes) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(pair.getPrivate());
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("this Java has no Ed25519: " + e.getMessage(), e);
    }
}
