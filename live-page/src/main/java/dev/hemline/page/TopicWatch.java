package dev.hemline.page;

import dev.hemline.service.DaemonThreads;
import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.EventFormats;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the topics as long as anybody wants to know, in a thread of its own; else there is neither thread nor consumer. */
final class TopicWatch {
    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final KafkaSettings kafka;
    private final EventFormats formats;
    private final PictureFeed feed;
    private int interested;
    private @Nullable Watch running;

    TopicWatch(KafkaSettings kafka, EventFormats formats, PictureFeed feed) {
        this.kafka = kafka;
        this.formats = formats;
        this.feed = feed;
    }

    synchronized Interest watch() {
        Watch watch = running;
        if (watch == null) {
            watch = new Watch();
            running = watch;
            DaemonThreads.start("page-topics", watch::run);
        }
        interested++;
        return new Interest(watch);
    }

    private synchronized void lost() {
        interested--;
        if (interested == 0 && running != null) {
            running.end.countDown();
            running = null;
        }
    }

    /** Somebody's interest, until it is closed once, by one thread. */
    final class Interest implements AutoCloseable {
        private final Watch watch;

        private Interest(Watch watch) {
            this.watch = watch;
        }

        /** Done when everything from then on will be told. */
        CompletableFuture<Void> reading() {
            return watch.reading;
        }

        @Override
        public void close() {
            lost();
        }
    }

    private final class Watch {
        private final CompletableFuture<Void> reading = new CompletableFuture<>();
        private final CountDownLatch end = new CountDownLatch(1);

        private void run() {
            while (!ended(Duration.ZERO)) {
                try (PageTopics reader = new PageTopics(kafka, formats, feed)) {
                    reading.complete(null);
                    while (!ended(Duration.ZERO)) {
                        reader.read();
                    }
                } catch (RuntimeException | Error e) {
                    LOG.warn("The live page shows no pictures for a moment: {}", e.toString());
                    ended(PAUSE);
                }
            }
        }

        private boolean ended(Duration patience) {
            try {
                return end.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        }
    }
}
