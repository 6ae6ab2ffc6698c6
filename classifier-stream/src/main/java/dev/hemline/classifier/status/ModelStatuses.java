package dev.hemline.classifier.status;

import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelState;
import dev.hemline.event.ModelStatus;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.service.Texts;
import dev.hemline.topic.ModelKey;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** What one instance has to say: the version it serves and those it refused. Used by one thread. */
public final class ModelStatuses {
    private static final int LETTERS = 4;
    /** More versions than anybody looks at. */
    static final int MOST_REFUSALS = 100;

    private static final int MAX_MESSAGE_CHARS = 1_000;

    private final String applicationId;
    private final String instance;
    private final Map<String, ModelStatus> said = new TreeMap<>();
    private String aboutPin = "";

    public ModelStatuses(String applicationId, String instance) {
        this.applicationId = applicationId;
        this.instance = instance;
    }

    /** One that a person can find this instance by: host, process, and a few letters that a restart changes. */
    public static String instanceName() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9._-]", "-");
        } catch (UnknownHostException e) {
            host = "unknown";
        }
        String letters = UUID.randomUUID().toString().substring(0, LETTERS);
        return host + "-" + ProcessHandle.current().pid() + "-" + letters;
    }

    void serves(ModelManifest manifest, Instant now) {
        said.remove(refusedKey(manifest));
        said.put(servingKey(), status(manifest, ModelState.SERVING, "", aboutPin, now));
    }

    void refused(ModelManifest manifest, ModelRefusedException why, Instant now) {
        String message = Texts.printable(String.valueOf(why.getMessage()), MAX_MESSAGE_CHARS);
        forgetTheOldestRefusal();
        said.put(
                refusedKey(manifest),
                status(manifest, ModelState.REFUSED, why.reason().code(), message, now));
    }

    /** All of it is said again every half minute. */
    private void forgetTheOldestRefusal() {
        List<Map.Entry<String, ModelStatus>> refusals = said.entrySet().stream()
                .filter(one -> one.getValue().getState() == ModelState.REFUSED)
                .toList();
        if (refusals.size() >= MOST_REFUSALS) {
            refusals.stream()
                    .min(Comparator.comparing(one -> one.getValue().getSince()))
                    .ifPresent(oldest -> said.remove(oldest.getKey()));
        }
    }

    void pinUnmet(Optional<String> why) {
        aboutPin = why.orElse("");
        said.computeIfPresent(
                servingKey(),
                (key, serving) ->
                        ModelStatus.newBuilder(serving).setMessage(aboutPin).build());
    }

    /** All of it, said now, by key. */
    Map<String, ModelStatus> all(Instant now) {
        said.replaceAll(
                (key, status) -> ModelStatus.newBuilder(status).setAt(now).build());
        return Map.copyOf(said);
    }

    private ModelStatus status(ModelManifest manifest, ModelState state, String reason, String message, Instant now) {
        return new ModelStatus(
                applicationId, instance, manifest.getName(), manifest.getVersion(), state, reason, message, now, now);
    }

    private String servingKey() {
        return applicationId + "/" + instance + "/serving";
    }

    private String refusedKey(ModelManifest manifest) {
        return applicationId + "/" + instance + "/refused/"
                + new ModelKey.Manifest(manifest.getName(), manifest.getVersion());
    }
}
