package dev.hemline.page;

import dev.hemline.image.UnfitImageException;
import dev.hemline.page.Desk.Reply;
import dev.hemline.page.PacedBody.TooSlowException;
import dev.hemline.page.SseBroadcaster.Watcher;
import dev.hemline.page.TopicWatch.Interest;
import dev.hemline.service.JsonFile;
import dev.hemline.service.Seats;
import dev.hemline.service.Seats.Seat;
import io.javalin.config.JavalinConfig;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /}: what this instance does, live. {@code POST /page/pictures} sends the picture in the request's body through
 * Kafka and answers with what became of it; the {@link LabelDesk} takes labels that are asked for. Nothing else can be changed from
 * here.
 */
public final class LivePage implements Consumer<JavalinConfig>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LivePage.class);
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    /** Each keeps one of the server's 250 threads, and is told everything. */
    private static final int MOST_WATCHERS = 16;

    private static final int MOST_WATCHERS_OF_ONE_CLIENT = 8;
    /** Each in memory: 128 MB where topic and limits allow pictures of 16 MB. */
    private static final int MOST_PICTURES_AT_A_TIME = 8;

    private static final int MOST_PICTURES_OF_ONE_CLIENT = 4;
    /** Read and thrown away, so that the sender gets to read why instead of a broken connection. */
    private static final long READ_IN_VAIN = 64 << 20;

    private final int mostBytes;
    private final PageFiles files = new PageFiles();
    private final SseBroadcaster watchers = new SseBroadcaster(MOST_WATCHERS, MOST_WATCHERS_OF_ONE_CLIENT);
    private final Seats pictures = new Seats(MOST_PICTURES_AT_A_TIME, MOST_PICTURES_OF_ONE_CLIENT);
    private final PageFeed feed;
    private final ExperimentTopics experimentTopics;
    private final EpisodeTopic episodeTopic;
    /** Of what is seldom there, one card each. */
    private final List<PolledFeed> cards;

    private final PictureFeed seen;
    private final TopicWatch topics;
    private final Desk desk;
    private final LabelDesk labels;

    /** @param mostBytes that a picture may have */
    public LivePage(int mostBytes, PageSources sources) {
        this(mostBytes, sources, (topics, seen) -> new PictureDesk(sources.kafka(), topics, seen));
    }

    LivePage(int mostBytes, PageSources sources, BiFunction<TopicWatch, PictureFeed, Desk> openDesk) {
        this.mostBytes = mostBytes;
        feed = new PageFeed(sources, watchers);
        experimentTopics = new ExperimentTopics(sources.kafka());
        episodeTopic = new EpisodeTopic(sources.kafka());
        cards = List.of(
                new PolledFeed("drift", watchers, new DriftLook(sources)),
                new PolledFeed("episodes", watchers, new EpisodeLook(sources, episodeTopic)),
                new PolledFeed("experiment", watchers, new ExperimentLook(sources, experimentTopics)));
        seen = new PictureFeed(sources, watchers);
        topics = new TopicWatch(sources.kafka(), sources.formats(), seen);
        desk = openDesk.apply(topics, seen);
        var board = new RequestBoard();
        labels = new LabelDesk(
                board, new RequestWatch(sources.kafka(), sources.formats(), board), sources.names(), Clock.systemUTC());
        feed.start();
        cards.forEach(PolledFeed::start);
    }

    @Override
    public void accept(JavalinConfig config) {
        config.routes.before("/", LivePage::onlyFromHere);
        config.routes.before("/page/*", LivePage::onlyFromHere);
        files.serve(config);
        config.routes.get("/page/live", this::watch);
        config.routes.post("/page/pictures", this::picture);
        labels.accept(config);
        // Those who watch have a thread each, which the server would wait for.
        config.events.serverStopping(watchers::close);
    }

    /** Browsers are told that nothing comes from elsewhere, nothing is inline, and nobody may frame the page. */
    private static void onlyFromHere(Context context) {
        context.header(Header.CONTENT_SECURITY_POLICY, POLICY)
                .header(Header.X_CONTENT_TYPE_OPTIONS, "nosniff")
                .header(Header.REFERRER_POLICY, "no-referrer")
                .header(Header.CROSS_ORIGIN_RESOURCE_POLICY, "same-origin")
                .header(Header.CACHE_CONTROL, "no-cache");
    }

    /** Keeps the request's thread for as long as somebody watches; there are few, and a slow one holds up nobody else. */
    @SuppressWarnings("try") // the interest only has to be there
    private void watch(Context context) throws IOException, InterruptedException {
        Optional<Watcher> joined = watchers.join(context.ip());
        if (joined.isEmpty()) {
            refuse(
                    context,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    MOST_WATCHERS + " browsers watch already, or " + MOST_WATCHERS_OF_ONE_CLIENT
                            + " from your address; close one of them");
            return;
        }
        context.disableCompression().contentType("text/event-stream; charset=utf-8");
        try (Watcher watcher = joined.get();
                Interest interest = topics.watch()) {
            LOG.debug(
                    "Somebody watches, topics are read: {}", interest.reading().isDone());
            feed.lookNow();
            write(watcher, context.res().getOutputStream());
        } catch (IOException e) {
            LOG.debug("A browser is gone: {}", e.toString());
        }
    }

    private void write(Watcher watcher, ServletOutputStream out) throws IOException, InterruptedException {
        Message.of("settings", Map.of("mostBytes", mostBytes)).writeTo(out);
        for (Message message : feed.past()) {
            message.writeTo(out);
        }
        for (PolledFeed card : cards) {
            for (Message message : card.past()) {
                message.writeTo(out);
            }
        }
        for (Message message : seen.past()) {
            message.writeTo(out);
        }
        out.flush();
        for (Optional<Message> next = watcher.next(); next.isPresent(); next = watcher.next()) {
            next.get().writeTo(out);
            out.flush();
        }
    }

    @SuppressWarnings("try") // the seat only has to be taken
    private void picture(Context context) throws InterruptedException {
        // Browsers send it with whatever is posted; pages of other sites do not come this far.
        if (context.header(Header.ORIGIN) == null) {
            refuse(
                    context,
                    HttpStatus.FORBIDDEN,
                    "Pictures are taken from this page itself only; programs write to topic image-events");
            return;
        }
        Optional<Seat> free = pictures.take(context.ip());
        if (free.isEmpty()) {
            refuse(context, HttpStatus.TOO_MANY_REQUESTS, "Other pictures are under way; try again in a moment");
            return;
        }
        try (Seat seat = free.get()) {
            ask(context);
        }
    }

    private void ask(Context context) throws InterruptedException {
        byte[] content;
        try {
            InputStream body = new PacedBody(context.req().getInputStream(), System::nanoTime);
            content = body.readNBytes(mostBytes + 1);
            if (content.length > mostBytes) {
                body.skip(READ_IN_VAIN);
            }
        } catch (TooSlowException e) {
            // What is still to come is not waited for.
            context.header(Header.CONNECTION, "close");
            refuse(
                    context,
                    HttpStatus.REQUEST_TIMEOUT,
                    "The picture comes too slowly: " + e.getMessage() + "; send it over a better line");
            return;
        } catch (IOException | RuntimeException e) {
            // Cut off, or in chunks whose lengths are no numbers: the server notices only here, checked and unchecked.
            LOG.debug("A picture did not arrive: {}", e.toString());
            refuse(context, HttpStatus.BAD_REQUEST, "The picture did not arrive whole; send it again");
            return;
        }
        if (content.length > mostBytes) {
            refuse(
                    context,
                    HttpStatus.CONTENT_TOO_LARGE,
                    "The picture is larger than " + mostBytes + " bytes, which is what topic image-events takes;"
                            + " send a smaller one");
            return;
        }
        try {
            Reply reply = desk.ask(content);
            context.status(reply.answer() == null ? HttpStatus.ACCEPTED : HttpStatus.OK);
            context.contentType(ContentType.APPLICATION_JSON).result(JsonFile.line(reply));
        } catch (UnfitImageException e) {
            refuse(context, HttpStatus.UNSUPPORTED_MEDIA_TYPE, String.valueOf(e.getMessage()));
        } catch (ExecutionException e) {
            LOG.warn("A picture from the page was not sent: {}", e.toString());
            refuse(context, HttpStatus.SERVICE_UNAVAILABLE, "Kafka did not take the picture; the log says why");
        }
    }

    private static void refuse(Context context, HttpStatus status, String sentence) {
        context.status(status).contentType(ContentType.TEXT_PLAIN).result(sentence + "\n");
    }

    @Override
    public void close() {
        watchers.close();
        feed.close();
        cards.forEach(PolledFeed::close);
        experimentTopics.close();
        episodeTopic.close();
        desk.close();
        labels.close();
    }
}
