package dev.hemline.service;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The key and certificate that an app shows over HTTPS. The certificates in the same store are those that it trusts when it
 * asks other instances. The password is never printed.
 */
public final class HttpsKey {
    private final Path file;
    private final String password;
    private final KeyStore store;

    /**
     * Reads a PKCS12 key store.
     *
     * @throws UserError if it cannot be read, or holds no key
     */
    public HttpsKey(Path file, String password) {
        this.file = file;
        this.password = password;
        try (InputStream in = Files.newInputStream(file)) {
            store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            requireKey();
        } catch (IOException | GeneralSecurityException e) {
            throw new UserError("Cannot read --http-keystore " + file + ": " + e, e);
        }
    }

    private void requireKey() throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                return;
            }
        }
        throw new UserError("--http-keystore " + file + " holds certificates, but no key to serve with");
    }

    SslContextFactory.Server forServer() {
        var factory = new SslContextFactory.Server();
        factory.setKeyStore(store);
        factory.setKeyStorePassword(password);
        return factory;
    }

    SSLContext forClient() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new UserError("The certificates in --http-keystore " + file + " cannot be trusted: " + e, e);
        }
    }

    @Override
    public String toString() {
        return "HttpsKey[" + file + "]";
    }
}
