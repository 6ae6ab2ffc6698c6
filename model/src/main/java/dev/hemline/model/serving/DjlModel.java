package dev.hemline.model.serving;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelOutput;
import dev.hemline.model.archive.ForeignFile;
import dev.hemline.model.serving.ModelRefusedException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A TorchScript archive in libtorch's memory. */
final class DjlModel implements AutoCloseable {
    private final Model model;
    private boolean closed;

    private DjlModel(Model model) {
        this.model = model;
    }

    /** Loads an archive for inference. libtorch reads files, so there is one for a moment. */
    static DjlModel open(byte[] archive) throws ModelRefusedException {
        Optional<String> somethingElse = ForeignFile.whatItIs(archive);
        if (somethingElse.isPresent()) {
            throw new ModelRefusedException(
                    Reason.UNKNOWN_FORMAT, "the file is no TorchScript archive; it is " + somethingElse.get());
        }
        TorchEngine.startIfNeeded();
        Path file = temporaryFile(archive);
        Model model = Model.newInstance("model", TorchEngine.name());
        try {
            model.load(file);
            return new DjlModel(model);
        } catch (IOException | MalformedModelException | EngineException e) {
            model.close();
            throw new ModelRefusedException(Reason.UNLOADABLE, "libtorch does not load the archive: " + sentence(e), e);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        } finally {
            delete(file);
        }
    }

    /** A classifier for one thread, to be closed before this model. */
    synchronized DjlClassifier newClassifier(ModelInput input, ModelOutput output, int labels) {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
        return new DjlClassifier(model, input, output, labels);
    }

    /** Count of the archive's parameters. */
    long parameters() {
        long count = 0;
        for (Pair<String, Parameter> parameter : model.getBlock().getParameters()) {
            count += parameter.getValue().getArray().getShape().size();
        }
        return count;
    }

    /** Refuses weights that hold NaN or infinity, even where no golden image brings them to light. */
    void requireFiniteParameters() throws ModelRefusedException {
        for (Pair<String, Parameter> parameter : model.getBlock().getParameters()) {
            NDArray values = parameter.getValue().getArray();
            if (values.getDataType() == DataType.FLOAT32 && !Probabilities.areFinite(values.toFloatArray())) {
                throw new ModelRefusedException(
                        Reason.NOT_FINITE, "the weights " + parameter.getKey() + " hold NaN or infinity");
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        model.close();
    }

    /** The sentence in an exception of libtorch, which wraps errors of a running network in a trace of its code. */
    static String sentence(Exception e) {
        String message = String.valueOf(e.getMessage()).strip();
        return message.lines()
                .filter(line -> line.startsWith("RuntimeError: "))
                .findFirst()
                .or(() -> message.lines().findFirst())
                .orElse(e.getClass().getSimpleName());
    }

    private static Path temporaryFile(byte[] archive) {
        try {
            return Files.write(Files.createTempFile("hemline-model-", ".pt"), archive);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a model to " + System.getProperty("java.io.tmpdir"), e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
