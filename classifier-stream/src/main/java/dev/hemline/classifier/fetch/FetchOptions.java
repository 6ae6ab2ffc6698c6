package dev.hemline.classifier.fetch;

import dev.hemline.service.DurationConverter;
import dev.hemline.service.TrustedCertificates;
import dev.hemline.service.UserError;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of a command that reads events whose pictures may be elsewhere. Use as a picocli {@code @Mixin}. */
public final class FetchOptions {
    private static final Duration USUAL_PATIENCE = Duration.ofMinutes(15);

    @Option(
            names = "--fetch-from",
            paramLabel = "PREFIX",
            description = {
                "Fetch pictures that events only say the address of, from addresses that begin like these:",
                "https://s3.example/bucket/ or file:///pictures/",
                "Listed machines (10.0.0.0/8) are those of one's own that names may stand for. Repeatable; several in"
                        + " HEMLINE_FETCH_FROM are separated by commas. Default: such events are dead letters"
            },
            split = ",")
    List<String> from = new ArrayList<>();

    @Option(
            names = "--fetch-patience",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "How long an event waits for its picture while the store is away, such as 30m or 7d, before it is a"
                            + " dead letter. Default: 15m")
    @Nullable
    Duration patience;

    @Option(
            names = "--fetch-ca",
            paramLabel = "FILE",
            description = "Certificates in PEM that sign those of the stores. Default: those that Java trusts")
    @Nullable
    Path ca;

    /**
     * The stores that they name, if any.
     *
     * @param maxBytes of a picture
     * @throws UserError if a file cannot be read
     * @throws IllegalArgumentException naming what cannot be listed, or a flag that is of no use
     */
    public PictureStores open(int maxBytes, MeterRegistry metrics) {
        if (from.isEmpty() && (ca != null || patience != null)) {
            throw new IllegalArgumentException(
                    (ca == null ? "--fetch-patience" : "--fetch-ca") + " is of no use without --fetch-from PREFIX");
        }
        return new PictureStores(
                FetchList.parse(from),
                Optional.ofNullable(ca).map(file -> TrustedCertificates.in(file, "--fetch-ca")),
                maxBytes,
                Objects.requireNonNullElse(patience, USUAL_PATIENCE),
                metrics);
    }
}
