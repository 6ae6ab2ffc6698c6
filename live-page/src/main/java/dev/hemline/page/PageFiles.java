package dev.hemline.page;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** The files that the page is made of, and no others. */
final class PageFiles {
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    private final Map<String, File> files = new TreeMap<>();

    @SuppressWarnings("ArrayRecordComponent") // passed along, never compared
    private record File(String contentType, byte[] content) {}

    PageFiles() {
        files.put("/", read("index.html", "text/html; charset=utf-8"));
        files.put("/page/icon.svg", read("icon.svg", "image/svg+xml"));
        files.put("/page/style.css", read("style.css", STYLE));
        for (String script : new String[] {
            "page",
            "text",
            "charts",
            "models",
            "confusion",
            "pictures",
            "rejects",
            "drop",
            "sources",
            "whisker",
            "ways",
            "drift",
            "episodes",
            "experiment",
            "labels"
        }) {
            files.put("/page/" + script + ".js", read(script + ".js", SCRIPT));
        }
        files.put("/page/uplot.js", read(UPLOT + "uPlot.esm.js", SCRIPT));
        files.put("/page/uplot.css", read(UPLOT + "uPlot.min.css", STYLE));
    }

    private static File read(String name, String contentType) {
        try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The page's file " + name + " is not on the class path");
            }
            return new File(contentType, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void serve(JavalinConfig config) {
        files.forEach((path, file) -> config.routes.get(path, context -> send(context, file)));
    }

    private static void send(Context context, File file) {
        context.contentType(file.contentType).result(file.content);
    }
}
