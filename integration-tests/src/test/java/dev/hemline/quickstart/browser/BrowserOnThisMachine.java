package dev.hemline.quickstart.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the Chromium or Chrome that this machine has; nothing is downloaded. */
final class BrowserOnThisMachine {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final Path ON_MAC = Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

    private BrowserOnThisMachine() {}

    /** @throws IllegalStateException saying what to install, if there is none */
    static Path find(Map<String, String> environment) {
        return Stream.of(named(environment), onPath(environment), Optional.of(ON_MAC))
                .flatMap(Optional::stream)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("These tests need Chromium or Chrome: apt-get install"
                        + " chromium, or name one with HEMLINE_BROWSER=/path/to/chrome"));
    }

    private static Optional<Path> named(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("HEMLINE_BROWSER")).map(Path::of);
    }

    private static Optional<Path> onPath(Map<String, String> environment) {
        return NAMES.stream()
                .flatMap(name -> Arrays.stream(
                                environment.getOrDefault("PATH", "").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
