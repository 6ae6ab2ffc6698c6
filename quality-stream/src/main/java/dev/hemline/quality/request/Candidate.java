package dev.hemline.quality.request;

import dev.hemline.event.LabelRequest;
import dev.hemline.event.RequestReason;
import dev.hemline.event.Sample;
import java.time.Instant;
import java.util.List;
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
    static Candidate of(Sample sample, int partition, long offset, String episode, double lot, long now) {
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
                .setEpisode(episode)
                .build();
        return new Candidate(request, sample.getShare(), lot, now);
    }

    String id() {
        return request.getId();
    }

    /** The episode that waits for its label; empty for none. */
    String episode() {
        return request.getEpisode();
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
                .setEpisode("")
                .build();
    }

    /** Because the episode wants it, and for nothing else. */
    LabelRequest askedForEpisode(long now) {
        return LabelRequest.newBuilder(asked(RequestReason.DRIFTED, null, now))
                .setEpisode(episode())
                .build();
    }
}
