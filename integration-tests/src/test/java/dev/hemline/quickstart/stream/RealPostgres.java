package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.quickstart.monitoring.Tool;
import dev.hemline.testbed.broker.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** PostgreSQL with a fresh database, from Debian's package, whose programs lie on no path, or from the path. */
final class RealPostgres implements AutoCloseable {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    /** PostgreSQL refuses to run as root; the package brings this user along. */
    private static final List<String> AS_ITS_USER =
            List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups");

    private final Path folder;
    private final int port = FreePort.any();
    private final Process server;

    RealPostgres(Path parent) throws Exception {
        folder = Files.createDirectory(parent.resolve("postgres"));
        if (isRoot()) {
            // Its user has to get through the test's folder, which is for nobody else.
            assertThat(parent.toFile().setExecutable(true, false)).isTrue();
            exec(List.of("chown", "postgres", folder.toString()));
        }
        exec(command("initdb", "-D", folder.resolve("data").toString(), "-U", "postgres", "-A", "trust", "--no-sync"));
        server = process(command(
                        "postgres",
                        "-D",
                        folder.resolve("data").toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories="))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
        await().atMost(PATIENCE).until(() -> ran("SELECT 1").exitCode() == 0);
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static List<String> command(String name, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(isRoot() ? AS_ITS_USER : List.of());
        words.add(program(name));
        words.addAll(List.of(arguments));
        return words;
    }

    private static String program(String name) throws IOException {
        if (Files.isDirectory(DEBIAN)) {
            try (Stream<Path> versions = Files.list(DEBIAN)) {
                return versions.max(Comparator.naturalOrder())
                        .orElseThrow()
                        .resolve("bin")
                        .resolve(name)
                        .toString();
            }
        }
        return name;
    }

    private ProcessBuilder process(List<String> command) {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolveSibling("postgres.log").toFile()));
    }

    private void exec(List<String> command) throws Exception {
        assertThat(process(command).start().waitFor())
                .as("%s; see %s", command, folder.resolveSibling("postgres.log"))
                .isZero();
    }

    /** Where it listens. */
    String address() {
        return "127.0.0.1:" + port;
    }

    private Tool.Ran ran(String sql) throws Exception {
        return Tool.find("psql")
                .orElseThrow()
                .run(
                        folder,
                        List.of("-h", "127.0.0.1", "-p", Integer.toString(port), "-U", "postgres", "-At", "-c", sql));
    }

    /** What it answers, line by line; what is wrong, where something is. */
    List<String> query(String sql) throws Exception {
        return ran(sql).output().lines().toList();
    }

    @Override
    public void close() {
        server.destroy();
        try {
            // It waits for sessions to end; those of a server that is killed end by themselves.
            if (!server.waitFor(10, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
