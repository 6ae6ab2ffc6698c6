package dev.hemline.benchmarks.command;

import dev.hemline.benchmarks.tournament.TurnBar;
import dev.hemline.benchmarks.tournament.TurnListener;
import dev.hemline.fashionmnist.DatasetException;
import dev.hemline.service.UserError;
import dev.hemline.testbed.child.ChildFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Utils;

/** A folder for the data and logs of one measurement. It goes afterwards, and stays where something failed. */
public final class MeasurementFolder {
    private MeasurementFolder() {}

    /** Something that is measured with a folder at hand. */
    @FunctionalInterface
    public interface Measurement<T> {
        T in(Path folder) throws InterruptedException;
    }

    /** Something that is measured in turns, which it tells of. */
    @FunctionalInterface
    public interface TurnMeasurement<T> {
        T in(Path folder, TurnListener turns) throws InterruptedException;
    }

    /**
     * Measures, and shows whose turn it is.
     *
     * @param name part of the folder's
     * @throws UserError as {@link #lend(String, Measurement)}
     */
    public static <T> T lend(String name, TurnMeasurement<T> measurement) throws InterruptedException {
        return lend(name, folder -> {
            try (TurnBar bar = TurnBar.open()) {
                return measurement.in(folder, bar);
            }
        });
    }

    /**
     * Measures.
     *
     * @param name part of the folder's
     * @throws UserError if the folder cannot be made, the images are missing, or a child process failed; then it names its log
     */
    public static <T> T lend(String name, Measurement<T> measurement) throws InterruptedException {
        try {
            Path folder = Files.createTempDirectory("hemline-" + name + "-");
            T found = measurement.in(folder);
            Utils.delete(folder.toFile());
            return found;
        } catch (ChildFailure e) {
            throw new UserError(e.getMessage() + "; its log is " + e.child().log(), e);
        } catch (DatasetException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UserError("No folder for data and logs: " + e.getMessage(), e);
        }
    }
}
