package dev.hemline.fashionmnist;

import dev.hemline.fashionmnist.FashionMnist.DownloadProgress;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLConnection;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Downloads the four files from the site that the dataset's own README links, 31 MB, with visible progress. */
class OfficialSite {

    private static final URI ADDRESS = URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/");
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(15);

    private final URI address;
    private final DownloadProgress progress;

    OfficialSite(DownloadProgress progress) {
        this(ADDRESS, progress);
    }

    OfficialSite(URI address, DownloadProgress progress) {
        this.address = address;
        this.progress = progress;
    }

    @Override
    public String toString() {
        return "the dataset's site " + address;
    }

    /**
     * Puts the four files into a folder, which is there and empty.
     *
     * @throws IOException if it cannot; the message says why in words for a person
     */
    void fetchInto(Path folder) throws IOException {
        for (DatasetFile file : DatasetFile.values()) {
            download(address.resolve(file.packedName()), folder.resolve(file.packedName()));
        }
    }

    // URLConnection rather than HttpClient: only it gives up when the body stops coming half-way
    private void download(URI file, Path target) throws IOException {
        URLConnection connection = file.toURL().openConnection();
        connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
        connection.setReadTimeout((int) SILENCE_TIMEOUT.toMillis());
        String name = String.valueOf(target.getFileName());
        try (InputStream body = open(connection);
                InputStream watched = progress.watch(body, name, connection.getContentLengthLong())) {
            Files.copy(watched, target);
        } catch (UnknownHostException e) {
            throw new IOException("the name " + file.getHost() + " cannot be resolved", e);
        } catch (SocketTimeoutException | ConnectException e) {
            throw new IOException("no answer from " + file.getHost() + ": " + e.getMessage(), e);
        }
    }

    private static InputStream open(URLConnection connection) throws IOException {
        if (connection instanceof HttpURLConnection http && http.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException(http.getURL() + " answered with status " + http.getResponseCode());
        }
        return connection.getInputStream();
    }
}
