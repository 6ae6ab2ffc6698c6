package dev.hemline.quality.request;

import dev.hemline.event.LabelRequest;
import dev.hemline.event.RequestReason;
import dev.hemline.event.Sample;
import dev.hemline.topic.EventChecks;
import dev.hemline.topic.ModelKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sample whose label might be asked for; of the sample itself only where it lies.
 *
 * @param request as it would be, but for why, when and with which probability
 * @param share of events that leave a sample, above 0
 * @param lot drawn for it, 0 to 1
 * @param seenAt in milliseconds since 1970
 */
record Candidate(LabelRequest request, double share, double lot, long seenAt) {
    private static final int MOST_CLASSES = 100_000;

    static Candidate of(Sample sample, int partition, long offset, double lot, long now) {
        List<Float> probabilities = sample.getProbabilities();
        int best = 0;
        float second = 0;
        for (int i = 1; i < probabilities.size(); i++) {
            float probability = probabilities.get(i);
            if (probability > probabilities.get(best)) {
                second = probabilities.get(best);
                best = i;
            } else {
                second = Math.max(second, probability);
            }
        }
        LabelRequest request = LabelRequest.newBuilder()
                .setId(sample.getId())
                .setSource(sample.getSource())
                .setReason(RequestReason.OTHER)
                .setModelName(sample.getModelName())
                .setModelVersion(sample.getModelVersion())
                .setClasses(probabilities.size())
                .setPredicted(best)
                .setMargin(probabilities.get(best) - second)
                .setSamplePartition(partition)
                .setSampleOffset(offset)
                .setRequestedAt(Instant.EPOCH)
                .build();
        return new Candidate(request, sample.getShare(), lot, now);
    }

    /** Why a sample is none that a classifier can have written, as the end of a sentence. */
    static Optional<String> fault(Sample sample) {
        int classes = sample.getProbabilities().size();
        if (!EventChecks.isId(sample.getId()) || sample.getSource().length() > EventChecks.MAX_NAME_CHARS) {
            return Optional.of(
                    "its id is empty, or it or its source has more than " + EventChecks.MAX_NAME_CHARS + " characters");
        }
        if (!ModelKey.isVersion(sample.getModelName(), sample.getModelVersion())) {
            return Optional.of("it is of no possible version");
        }
        if (classes < 1 || classes > MOST_CLASSES) {
            return Optional.of("it has probabilities of " + classes + " classes");
        }
        if (!sample.getProbabilities().stream().allMatch(probability -> probability >= 0 && probability <= 1.001f)) {
            return Optional.of("its probabilities are not all 0 to 1");
        }
        return sample.getShare() > 0 && sample.getShare() <= 1
                ? Optional.empty()
                : Optional.of("its share is " + sample.getShare() + "; it is above 0 and at most 1");
    }

    String id() {
        return request.getId();
    }

    float margin() {
        return request.getMargin();
    }

    /** @param inclusion with which probability it was drawn; null unless it was drawn by lot */
    LabelRequest asked(RequestReason reason, @Nullable Double inclusion, long now) {
        return LabelRequest.newBuilder(request)
                .setReason(reason)
                .setInclusionProbability(inclusion)
                .setRequestedAt(Instant.ofEpochMilli(now))
                .build();
    }
}
