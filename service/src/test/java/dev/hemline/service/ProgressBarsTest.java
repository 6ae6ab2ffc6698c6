package dev.hemline.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.junit.jupiter.api.Test;

class ProgressBarsTest {
    private final List<String> log = new CopyOnWriteArrayList<>();

    @Test
    void shouldWriteWholeLinesWhereThereIsNoTerminal() throws InterruptedException {
        // When
        try (ProgressBar bar = lines(builder(20_000), Duration.ofMillis(20))) {
            bar.setExtraMessage(" 3 bad").stepTo(1_500);
            Thread.sleep(100);
        }

        // Then
        assertThat(log).anyMatch(line -> line.matches("Reading: 1,500 of 20,000 images \\([\\d,]+\\.\\d/s\\), 3 bad"));
        assertThat(log).noneMatch(line -> line.contains("\r"));
    }

    @Test
    void shouldTellTheCountAloneWhereNobodyKnowsTheEnd() throws InterruptedException {
        try (ProgressBar bar = lines(builder(-1), Duration.ofMillis(20))) {
            bar.stepTo(7);
            Thread.sleep(100);
        }

        assertThat(log).anyMatch(line -> line.startsWith("Reading: 7 images ("));
    }

    @Test
    void shouldSayNothingOfWhatIsSoonOver() {
        try (ProgressBar bar = lines(builder(2), Duration.ofMinutes(1))) {
            bar.stepTo(2);
        }

        assertThat(log).isEmpty();
    }

    @Test
    void shouldPassOnTheBytesOfAStream() throws IOException {
        byte[] bytes = {1, 2, 3};

        try (InputStream watched = ProgressBars.watch(new ByteArrayInputStream(bytes), "file", bytes.length)) {
            assertThat(watched.readAllBytes()).isEqualTo(bytes);
        }
    }

    private ProgressBar lines(ProgressBarBuilder bar, Duration between) {
        return ProgressBars.inLines(bar, "images", 1, between, log::add).build();
    }

    private static ProgressBarBuilder builder(long all) {
        return ProgressBar.builder().setTaskName("Reading").setInitialMax(all);
    }
}
