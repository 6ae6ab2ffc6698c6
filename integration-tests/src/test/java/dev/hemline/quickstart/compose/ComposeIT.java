package dev.hemline.quickstart.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.quickstart.monitoring.RepositoryFiles;
import dev.hemline.quickstart.monitoring.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compose's own opinion of the file; no engine is needed. */
class ComposeIT {
    @TempDir
    Path folder;

    private static Tool.Ran config(Path file) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("--file", file.toString(), "config", "--quiet"));
        Optional<Tool> standalone = Tool.find("docker-compose");
        if (standalone.isPresent()) {
            return standalone.get().run(RepositoryFiles.ROOT, words);
        }
        words.add(0, "compose");
        return Tool.find("docker")
                .orElseThrow(() -> new AssertionError("There is no Docker Compose; install docker-compose 1.29 or newer"
                        + " (Debian: apt-get install docker-compose)"))
                .run(RepositoryFiles.ROOT, words);
    }

    @Test
    void shouldBeTakenByCompose() throws Exception {
        Tool.Ran ran = config(ComposeFile.FILE);

        assertThat(ran.output()).isEmpty();
        assertThat(ran.exitCode()).isZero();
    }

    @Test
    void shouldNotBeTakenWithAMistakeInIt() throws Exception {
        String broken = Files.readString(ComposeFile.FILE).replace("mem_limit: 1g", "memory_limit: 1g");
        Path file = Files.writeString(folder.resolve("docker-compose.yml"), broken);

        assertThat(config(file).exitCode()).isNotZero();
    }
}
