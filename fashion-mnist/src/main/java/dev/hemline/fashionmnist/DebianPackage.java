package dev.hemline.fashionmnist;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Downloads Debian's package of the dataset and unpacks it: nothing is installed, and root is not needed. */
final class DebianPackage implements FetchWay {

    private static final String NAME = "dataset-fashion-mnist";

    private final Commands commands;
    private final boolean available;
    private final boolean root;

    DebianPackage(Commands commands, boolean available, boolean root) {
        this.commands = commands;
        this.available = available;
        this.root = root;
    }

    static DebianPackage onThisMachine(Map<String, String> environment) {
        List<String> path = Arrays.asList(environment.getOrDefault("PATH", "").split(File.pathSeparator));
        boolean available = Stream.of("apt-get", "dpkg-deb")
                .allMatch(tool -> path.stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, tool))));
        return new DebianPackage(new ProcessCommands(), available, "root".equals(System.getProperty("user.name")));
    }

    @Override
    public String from() {
        return "Debian's package " + NAME;
    }

    @Override
    public void fetchInto(Path folder) throws IOException {
        if (!available) {
            throw new IOException("apt-get and dpkg-deb are not on this machine");
        }
        Path work = Files.createDirectory(folder.resolve("package"));
        download(work);
        commands.run(work, "dpkg-deb", "-x", onlyPackageIn(work), "content");
        Path content = work.resolve("content/usr/share/datasets/fashion-mnist");
        for (DatasetFile file : DatasetFile.values()) {
            Path unpacked =
                    file.in(content).orElseThrow(() -> new IOException("the package holds no " + file.packedName()));
            Files.move(unpacked, folder.resolve(unpacked.getFileName()));
        }
    }

    private void download(Path work) throws IOException {
        try {
            commands.run(work, "apt-get", "download", NAME);
        } catch (IOException e) {
            if (!root) {
                throw e;
            }
            // fresh containers come without package lists
            commands.run(work, "apt-get", "update");
            commands.run(work, "apt-get", "download", NAME);
        }
    }

    private static String onlyPackageIn(Path work) throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".deb"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("apt-get download left no package"));
        }
    }
}
