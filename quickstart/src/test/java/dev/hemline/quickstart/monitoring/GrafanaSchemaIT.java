package dev.hemline.quickstart.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Dashboards in Grafana's own types: a misspelt option, which Grafana would ignore in silence, does not compile. The types are
 * TypeScript, so this needs npm and, once, its registry.
 */
class GrafanaSchemaIT {
    private static final Path CHECK = RepositoryFiles.GRAFANA.resolve("check");

    @Test
    void shouldHaveOnlyWhatGrafanaKnows() throws Exception {
        Tool npm = Tool.npm().orElseGet(() -> abort("npm is not on the PATH; the dashboards' types are not checked"));
        if (!installed()) {
            run(npm, "ci", "--no-audit", "--no-fund");
        }

        run(npm, "test");
    }

    /** Since the lock file was changed last. */
    private static boolean installed() throws IOException {
        Path marker = CHECK.resolve("node_modules/.package-lock.json");
        return Files.exists(marker)
                && Files.getLastModifiedTime(marker)
                                .compareTo(Files.getLastModifiedTime(CHECK.resolve("package-lock.json")))
                        >= 0;
    }

    private static void run(Tool npm, String... arguments) throws IOException, InterruptedException {
        Tool.Ran ran = npm.run(CHECK, List.of(arguments));
        assertThat(ran.exitCode()).as(ran.output()).isZero();
    }
}
