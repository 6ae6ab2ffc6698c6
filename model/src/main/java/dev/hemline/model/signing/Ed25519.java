package dev.hemline.model.signing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/** The JDK's Ed25519, with its checked exceptions sorted out. */
final class Ed25519 {
    private static final String NAME = "Ed25519";

    private Ed25519() {}

    static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance(NAME).generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw missing(e);
        }
    }

    /** @throws GeneralSecurityException if this is no Ed25519 key in PKCS#8 */
    static KeyPair pair(byte[] pkcs8) throws GeneralSecurityException {
        PrivateKey key = KeyFactory.getInstance(NAME).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        return new KeyPair(publicHalf((EdECPrivateKey) key), key);
    }

    /** @throws GeneralSecurityException if this is no Ed25519 key in X.509 */
    static PublicKey publicKey(byte[] x509) throws GeneralSecurityException {
        return KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(x509));
    }

    static byte[] sign(PrivateKey key, byte[] content) {
        try {
            Signature signature = Signature.getInstance(NAME);
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    static boolean verify(PublicKey key, byte[] content, byte[] signed) {
        try {
            Signature signature = Signature.getInstance(NAME);
            signature.initVerify(key);
            signature.update(content);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            // Java throws where the bytes cannot be a signature at all.
            return false;
        }
    }

    /**
     * A PKCS#8 file holds the private half only, and Java derives the public one nowhere but while generating: so it
     * generates again, from the same 32 bytes. {@link #verify} says whether that went well.
     */
    private static PublicKey publicHalf(EdECPrivateKey key) throws GeneralSecurityException {
        byte[] seed = key.getBytes().orElseThrow(() -> new GeneralSecurityException("the key does not show its bytes"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance(NAME);
        generator.initialize(NamedParameterSpec.ED25519, new Replayed(seed));
        PublicKey derived = generator.generateKeyPair().getPublic();
        byte[] probe = new byte[] {1};
        if (!verify(derived, probe, sign(key, probe))) {
            throw new GeneralSecurityException("this Java does not derive the public half");
        }
        return derived;
    }

    /** Gives bytes that were drawn before. */
    private static final class Replayed extends SecureRandom {
        private final byte[] drawn;

        Replayed(byte[] drawn) {
            this.drawn = drawn.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(drawn, 0, bytes, 0, Math.min(bytes.length, drawn.length));
        }
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("this Java has no Ed25519: " + e.getMessage(), e);
    }
}
