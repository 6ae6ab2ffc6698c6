package dev.hemline.service;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;

/** Asks other instances of an app over HTTP, as one of them: with the token and the certificates that they share. */
public final class PeerHttp {
    private final HttpSettings settings;
    private final HttpClient client;

    /** @param connectTimeout after which an instance counts as away */
    public PeerHttp(HttpSettings settings, Duration connectTimeout) {
        this.settings = settings;
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(connectTimeout).version(HttpClient.Version.HTTP_1_1);
        settings.key().map(HttpsKey::forClient).ifPresent(builder::sslContext);
        client = builder.build();
    }

    /** Sends what {@link #request} made. */
    public HttpClient client() {
        return client;
    }

    /** @param instance {@code host:port} */
    public HttpRequest.Builder request(String instance, String pathAndQuery) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(settings.scheme() + "://" + instance + pathAndQuery));
        settings.token().ifPresent(token -> request.header("Authorization", token.authorization()));
        return request;
    }
}
