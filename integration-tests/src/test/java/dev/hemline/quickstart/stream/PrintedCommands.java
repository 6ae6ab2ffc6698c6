package dev.hemline.quickstart.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.quickstart.monitoring.RepositoryFiles;
import dev.hemline.quickstart.monitoring.Tool;
import dev.hemline.testbed.broker.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Commands that a page tells its readers to paste. */
final class PrintedCommands {
    private static final Pattern SHELL = Pattern.compile("(?s)```sh\n(.*?)```");

    private PrintedCommands() {}

    /** Runs those that send events, in a folder that has a {@code boot.png}; with our broker for the reader's. */
    static void send(String page, TestBroker broker, Path folder) throws IOException, InterruptedException {
        List<String> blocks = SHELL.matcher(Files.readString(RepositoryFiles.ROOT.resolve(page)))
                .results()
                .map(block -> block.group(1).replace("localhost:9092", broker.bootstrapServers()))
                .filter(block -> block.contains("kcat -P"))
                .toList();
        assertThat(blocks).isNotEmpty();
        for (String block : blocks) {
            Tool.Ran ran = Tool.find("bash").orElseThrow().run(folder, List.of("-euo", "pipefail", "-c", block));
            assertThat(ran.exitCode()).as(ran.output()).isZero();
        }
    }
}
