package dev.hemline.quality.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Evidence;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    @Test
    void shouldStayReadableInChangelogsOfEarlierBuilds() {
        // Their records begin with this fingerprint; another one would make them undecodable.
        assertThat(Long.toHexString(SchemaNormalization.parsingFingerprint64(Evidence.getClassSchema())))
                .isEqualTo("9ea1d4f6932a6065");
    }
}
