package dev.hemline.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.LabelRequest;
import dev.hemline.event.Sample;
import dev.hemline.quality.score.LabelNames;
import dev.hemline.service.JsonFile;
import dev.hemline.service.Seats;
import dev.hemline.service.Seats.Seat;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topics;
import io.javalin.config.JavalinConfig;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where people say what pictures show whose labels are asked for. {@code GET /page/labels/next?desk=…} gives one, {@code POST
 * /page/labels} takes an answer, which becomes a {@link GroundTruth}, {@code POST /page/labels/skip} gives one back. What nobody asked
 * about cannot be labelled from here.
 */
final class LabelDesk implements Consumer<JavalinConfig>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LabelDesk.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_BODY_BYTES = 8 << 10;
    private static final int MOST_NAME_CHARS = 100;
    private static final int MOST_CLASSES = 10_000;
    private static final int MOST_DESK_CHARS = 64;
    /** Pictures that are not there any more are passed over, but not for ever. */
    private static final int MOST_TRIES = 5;

    private static final int MOST_AT_A_TIME = 16;
    private static final int MOST_OF_ONE_CLIENT = 8;

    private final RequestBoard board;
    private final Requests requests;
    private final LabelNames names;
    private final Clock clock;
    private final Seats seats = new Seats(MOST_AT_A_TIME, MOST_OF_ONE_CLIENT);

    /** Where requests come from and labels go to. */
    interface Requests extends AutoCloseable {
        /** Somebody sits at the desk. */
        void use();

        /** @throws KafkaException if brokers do not hand it out */
        Optional<Sample> picture(LabelRequest request);

        /** @throws ExecutionException if brokers did not take it */
        void label(GroundTruth truth) throws ExecutionException, InterruptedException;

        @Override
        void close();
    }

    /**
     * What the desk shows.
     *
     * @param open how many labels are waited for
     * @param task null if there is none for this desk right now
     */
    record Shown(int open, @Nullable Task task) {}

    /**
     * One picture to label. What the model made of it is not told, so that nobody is led.
     *
     * @param reason why this one, as a short code
     * @param labels names of the classes, by class
     */
    record Task(String id, String source, String reason, Thumbnail picture, List<String> labels) {}

    /** What somebody sent makes no sense; the message is for them. */
    private static final class NotTakenException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient HttpStatus status;

        private NotTakenException(HttpStatus status, String message) {
            super(message);
            this.status = status;
        }
    }

    LabelDesk(RequestBoard board, Requests requests, LabelNames names, Clock clock) {
        this.board = board;
        this.requests = requests;
        this.names = names;
        this.clock = clock;
    }

    @Override
    public void accept(JavalinConfig config) {
        config.routes.get("/page/labels/next", context -> seated(context, this::next));
        config.routes.post("/page/labels", context -> seated(context, this::answer));
        config.routes.post("/page/labels/skip", context -> seated(context, this::skip));
    }

    private interface Step {
        void take(Context context) throws NotTakenException, IOException, ExecutionException, InterruptedException;
    }

    @SuppressWarnings("try") // the seat only has to be taken
    private void seated(Context context, Step step) throws InterruptedException {
        Optional<Seat> free = seats.take(context.ip());
        if (free.isEmpty()) {
            tell(context, HttpStatus.TOO_MANY_REQUESTS, "Others label right now; try again in a moment");
            return;
        }
        try (Seat seat = free.get()) {
            step.take(context);
        } catch (NotTakenException e) {
            tell(context, e.status, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            tell(context, HttpStatus.BAD_REQUEST, "What you sent did not arrive whole, or is no JSON; send it again");
        } catch (ExecutionException | KafkaException e) {
            LOG.warn("The label desk waits for Kafka: {}", e.toString());
            tell(context, HttpStatus.SERVICE_UNAVAILABLE, "Kafka did not do it; the log says why");
        }
    }

    private void next(Context context) throws NotTakenException {
        String desk = desk(context.queryParam("desk"));
        requests.use();
        Task task = null;
        for (int tries = 0; task == null && tries < MOST_TRIES; tries++) {
            Optional<LabelRequest> request = board.next(desk, clock.millis());
            if (request.isEmpty()) {
                break;
            }
            task = requests.picture(request.get())
                    .map(sample -> task(request.get(), sample))
                    .orElse(null);
            if (task == null) {
                board.settled(request.get().getId());
            }
        }
        context.header(Header.CACHE_CONTROL, "no-store");
        context.contentType(ContentType.APPLICATION_JSON).result(JsonFile.line(new Shown(board.open(), task)));
    }

    private Task task(LabelRequest request, Sample sample) {
        ByteBuffer pixels = sample.getPixels().duplicate();
        byte[] bytes = new byte[pixels.remaining()];
        pixels.get(bytes);
        return new Task(
                request.getId(),
                request.getSource(),
                request.getReason().name().toLowerCase(Locale.ROOT),
                new Thumbnail(sample.getChannels(), sample.getHeight(), sample.getWidth(), bytes),
                classes(request));
    }

    private List<String> classes(LabelRequest request) {
        var version = new ModelKey.Manifest(request.getModelName(), request.getModelVersion());
        List<String> known = names.of(version).orElse(List.of());
        return IntStream.range(0, Math.min(request.getClasses(), MOST_CLASSES))
                .mapToObj(label -> LabelNames.name(known, label))
                .toList();
    }

    private void answer(Context context)
            throws NotTakenException, IOException, ExecutionException, InterruptedException {
        JsonNode said = body(context);
        LabelRequest request = requested(said);
        int label = said.path("label").isInt() ? said.path("label").intValue() : -1;
        if (label < 0 || label >= request.getClasses()) {
            throw new NotTakenException(
                    HttpStatus.BAD_REQUEST,
                    "label is the number of a class, 0 to " + (request.getClasses() - 1) + " here");
        }
        requests.label(GroundTruth.newBuilder()
                .setId(request.getId())
                .setLabel(label)
                .setLabelledAt(Instant.now(clock).truncatedTo(ChronoUnit.MILLIS))
                .setBy(name(said))
                .build());
        board.answered(request);
        context.status(HttpStatus.NO_CONTENT);
    }

    private void skip(Context context) throws NotTakenException, IOException {
        JsonNode said = body(context);
        board.skip(said.path("id").asText(), desk(said.path("desk").asText()));
        context.status(HttpStatus.NO_CONTENT);
    }

    private LabelRequest requested(JsonNode said) throws NotTakenException {
        return board.find(said.path("id").asText())
                .orElseThrow(() -> new NotTakenException(
                        HttpStatus.CONFLICT, "Nobody asks for this label any more; somebody else has answered"));
    }

    private static String name(JsonNode said) throws NotTakenException {
        String name = said.path("by").asText().strip();
        boolean printable = name.codePoints().noneMatch(Character::isISOControl);
        if (name.isEmpty() || name.length() > MOST_NAME_CHARS || !printable) {
            throw new NotTakenException(
                    HttpStatus.BAD_REQUEST, "by is who labels, a name of 1 to " + MOST_NAME_CHARS + " characters");
        }
        return name;
    }

    private static String desk(@Nullable String sent) throws NotTakenException {
        if (sent == null || sent.isEmpty() || sent.length() > MOST_DESK_CHARS) {
            throw new NotTakenException(
                    HttpStatus.BAD_REQUEST,
                    "desk is what tells one browser from another, 1 to " + MOST_DESK_CHARS + " characters");
        }
        return sent;
    }

    private static JsonNode body(Context context) throws NotTakenException, IOException {
        // Browsers send it with whatever is posted; pages of other sites do not come this far.
        if (context.header(Header.ORIGIN) == null) {
            throw new NotTakenException(
                    HttpStatus.FORBIDDEN,
                    "Labels are taken from this page itself only; programs write to topic " + Topics.GROUND_TRUTH);
        }
        byte[] sent = new PacedBody(context.req().getInputStream(), System::nanoTime).readNBytes(MOST_BODY_BYTES + 1);
        if (sent.length > MOST_BODY_BYTES) {
            throw new NotTakenException(HttpStatus.CONTENT_TOO_LARGE, "An answer has a few words, not that many");
        }
        JsonNode said = JSON.readTree(sent);
        if (!said.isObject()) {
            throw new NotTakenException(HttpStatus.BAD_REQUEST, "An answer is a JSON object with id, label and by");
        }
        return said;
    }

    private static void tell(Context context, HttpStatus status, String sentence) {
        context.status(status).contentType(ContentType.TEXT_PLAIN).result(sentence + "\n");
    }

    @Override
    public void close() {
        requests.close();
    }
}
