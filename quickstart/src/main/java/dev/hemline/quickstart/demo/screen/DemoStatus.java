package dev.hemline.quickstart.demo.screen;

import dev.hemline.quickstart.demo.live.LiveStatus;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything that is shown about a running demo.
 *
 * @param doing what goes on, for instance "sending images"
 * @param elapsed since the first image was sent
 * @param length how long it is to go on; empty until Ctrl-C
 * @param training empty until one has begun
 * @param notReady why the classifier does not answer yet; empty when it does
 */
public record DemoStatus(
        String doing,
        Duration elapsed,
        Optional<Duration> length,
        LiveStatus live,
        Optional<TrainingStatus> training,
        Optional<String> notReady) {}
