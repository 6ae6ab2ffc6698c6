package dev.hemline.classifier.engine;

import dev.hemline.event.ModelManifest;
import dev.hemline.model.archive.Precision;
import dev.hemline.model.serving.DjlModelLoader;
import dev.hemline.model.serving.LoadedModel;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.service.DaemonThreads;
import dev.hemline.topic.EventSerde;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that loads and rehearses one version as a classifier does, for whoever wants to see whether that ends a process.
 * What it makes of the version it tells nobody.
 */
public final class TrialRun {
    /** Exit code of one that came to its end; no JVM and no signal gives it. */
    public static final int SURVIVED = 73;

    private static final String MANIFEST = "manifest.avro";
    private static final String ARCHIVE = "archive.pt";
    private static final String BEGUN = "begun";

    private TrialRun() {}

    /**
     * Writes down what is to be tried.
     *
     * @return arguments for {@link #main}
     * @throws IOException if the disk does not take it
     */
    public static List<String> prepare(
            Path folder, ModelManifest manifest, byte[] archive, Precision precision, EngineSettings engine)
            throws IOException {
        Files.write(folder.resolve(MANIFEST), EventSerde.of(ModelManifest.class).encode(manifest));
        Files.write(folder.resolve(ARCHIVE), archive);
        return List.of(
                precision.name(),
                Integer.toString(engine.maxBatch()),
                Integer.toString(engine.workers()),
                folder.toString());
    }

    /** Whether it came as far as the version; before that, libtorch is started. */
    public static boolean hasBegun(Path folder) {
        return Files.exists(folder.resolve(BEGUN));
    }

    public static void main(String[] args) throws Exception {
        DaemonThreads.start("parent", TrialRun::endWithParent);
        takeTheBlame();
        var loader = new DjlModelLoader(Precision.valueOf(args[0]));
        Path folder = Path.of(args[3]);
        ModelManifest manifest =
                EventSerde.of(ModelManifest.class).decode(Files.readAllBytes(folder.resolve(MANIFEST)));
        byte[] archive = Files.readAllBytes(folder.resolve(ARCHIVE));
        // libtorch gets a file of its own, and there may be room for one only.
        Files.delete(folder.resolve(ARCHIVE));
        TorchEngine.start(1);
        Files.createFile(folder.resolve(BEGUN));
        try (LoadedModel model = loader.load(manifest, archive)) {
            Rehearsed.of(model, Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        } catch (UncheckedIOException e) {
            // The disk did not take it, so it was not loaded.
            throw e;
        } catch (ModelRefusedException | RuntimeException | StackOverflowError e) {
            System.err.println(e);
        }
        System.exit(SURVIVED);
    }

    /** Where memory is short, Linux ends this process and not the one that classifies. */
    private static void takeTheBlame() {
        try {
            Files.writeString(Path.of("/proc/self/oom_score_adj"), "1000");
        } catch (IOException e) {
            System.err.println(e);
        }
    }

    /** A parent that was killed closes its end of the pipe, too. */
    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever said.
            }
        } catch (IOException e) {
            System.err.println(e);
        }
        Runtime.getRuntime().halt(0);
    }
}
