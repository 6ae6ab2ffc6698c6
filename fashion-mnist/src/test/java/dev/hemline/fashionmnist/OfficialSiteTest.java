package dev.hemline.fashionmnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfficialSiteTest {

    @TempDir
    Path folder;

    private HttpServer server;
    private OfficialSite site;
    private final List<String> shown = new ArrayList<>();

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        site = new OfficialSite(
                URI.create("http://localhost:" + server.getAddress().getPort() + "/"), (body, name, bytes) -> {
                    shown.add(name + " " + bytes);
                    return body;
                });
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void shouldDownloadTheFourFiles() throws IOException {
        // Given
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestURI().getPath().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });

        // When
        site.fetchInto(folder);

        // Then
        assertThat(folder.resolve("train-images-idx3-ubyte.gz")).hasContent("/train-images-idx3-ubyte.gz");
        assertThat(DatasetFile.areAllIn(folder)).isTrue();
        assertThat(shown).hasSize(4).contains("train-images-idx3-ubyte.gz 27");
    }

    @Test
    void shouldSayWhichStatusAnswered() {
        assertThatThrownBy(() -> site.fetchInto(folder))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("train-images-idx3-ubyte.gz answered with status 404");
    }

    @Test
    void shouldSayWhenNobodyAnswers() {
        server.stop(0);

        assertThatThrownBy(() -> site.fetchInto(folder))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("no answer from localhost");
    }

    @Test
    void shouldSayWhenTheNameIsUnknown() {
        OfficialSite unknown = new OfficialSite(URI.create("http://nowhere.invalid/"), (body, name, bytes) -> body);

        assertThatThrownBy(() -> unknown.fetchInto(folder)).hasMessage("the name nowhere.invalid cannot be resolved");
    }
}
