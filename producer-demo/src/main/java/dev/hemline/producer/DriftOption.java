package dev.hemline.producer;

import java.util.List;
import picocli.CommandLine.Option;

/** How what is sent changes while it is sent. Use as a picocli {@code @Mixin}. */
public final class DriftOption {
    @Option(
            names = "--drift",
            paramLabel = "KIND[:STRENGTH]@WHEN",
            split = ",",
            description = {
                "WHEN is SECONDS[+RAMP][-END]: from so many seconds after sending began, what is sent changes; with RAMP it grows to that strength"
                        + " over so many seconds, from nothing, and with END it is over then. Again, or more after commas, for several, one upon the"
                        + " other. Labels stay true. Default: nothing changes. Kinds, and strengths where none is given:",
                "brighter:40 (grey levels added), darker:0.5 (share of the brightness left),",
                "noise:50 (sigma in grey levels), blur:1 (sigma in pixels), rotate:15 (degrees clockwise),",
                "shift:4 (pixels to the right), zoom:1.3 (times as large), invert:1, flip:1 (share of the"
                        + " pictures negative, upside down), jpeg:10 (quality of 100),",
                "mix:3 (times as many of the first class; pictures stay as they are)"
            })
    List<String> drifts = List.of();

    /** @throws IllegalArgumentException naming the flag and what it takes */
    public List<Drift> drifts() {
        return drifts.stream().map(Drift::parse).toList();
    }
}
