package dev.hemline.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The key and certificate that an app shows over HTTPS, read anew when their file changes. The certificates in the same store
 * are those that it trusts when it asks other instances. The password is never printed.
 */
public final class HttpsKey {
    private final Path file;
    private final Reread<Content, Loaded> store;

    /**
     * What is read.
     *
     * @param bytes the store's, one a character, to be compared
     */
    private record Content(String bytes, String password) {}

    private record Loaded(KeyStore store, String password, SSLContext forClient) {}

    /**
     * Reads a PKCS12 key store.
     *
     * @throws UserError if it cannot be read, or holds no key
     */
    public HttpsKey(Path file, String password) {
        this(file, () -> password);
    }

    /** @param password where it stands, to be read again and again */
    HttpsKey(Path file, Supplier<String> password) {
        this.file = file;
        store = new Reread<>(
                "--http-keystore " + file,
                () -> new Content(bytes(file), password.get()),
                content -> load(content, file));
    }

    private static String bytes(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException e) {
            throw new UserError("Cannot read --http-keystore " + file + ": " + e, e);
        }
    }

    private static Loaded load(Content content, Path file) {
        char[] password = content.password.toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content.bytes.getBytes(ISO_8859_1)), password);
            requireKey(store, file);
            // Jetty would notice only when it is too late that the key itself has another password.
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm())
                    .init(store, password);
            return new Loaded(store, content.password, trusting(store));
        } catch (IOException | GeneralSecurityException e) {
            throw new UserError("Cannot read --http-keystore " + file + ": " + e, e);
        }
    }

    private static void requireKey(KeyStore store, Path file) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                return;
            }
        }
        throw new UserError("--http-keystore " + file + " holds certificates, but no key to serve with");
    }

    private static SSLContext trusting(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    SslContextFactory.Server forServer() {
        var factory = new SslContextFactory.Server();
        set(factory);
        return factory;
    }

    private void set(SslContextFactory factory) {
        Loaded now = store.value();
        factory.setKeyStore(now.store);
        factory.setKeyStorePassword(now.password);
    }

    /** Takes what its file holds now; connections that are open keep what they have. */
    void look(SslContextFactory.Server server) {
        if (store.look()) {
            try {
                server.reload(this::set);
            } catch (Exception e) { // as it is declared; what was read before has been let go by then
                throw new IllegalStateException("--http-keystore " + file + " can be read, but not served", e);
            }
        }
    }

    /** Another one each time that the file has changed. */
    SSLContext forClient() {
        return store.value().forClient;
    }

    @Override
    public String toString() {
        return "HttpsKey[" + file + "]";
    }
}
