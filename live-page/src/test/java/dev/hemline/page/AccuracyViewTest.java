package dev.hemline.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.page.AccuracyView.Version;
import dev.hemline.quality.accuracy.Accuracy;
import dev.hemline.service.JsonFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccuracyViewTest {
    @Test
    void shouldTellOfAVersionInOneFlatObjectWithoutItsMatrix() {
        var none = new Version("m", 1, new Accuracy(0, 0, null, null, null, List.of()));
        var some = new Version("m", 2, new Accuracy(4, 3, 0.75, 0.3, 0.95, List.of(new Accuracy.Cell(0, 1, 1))));

        assertThat(JsonFile.line(new AccuracyView(5, null, List.of(some, none), null, null, null)))
                .isEqualTo("{\"at\":5,\"why\":null,\"versions\":["
                        + "{\"model\":\"m\",\"version\":2,\"scored\":4,\"correct\":3,\"accuracy\":0.75,"
                        + "\"low95\":0.3,\"high95\":0.95},"
                        + "{\"model\":\"m\",\"version\":1,\"scored\":0,\"correct\":0,\"accuracy\":null,"
                        + "\"low95\":null,\"high95\":null}],\"confusion\":null,\"sources\":null,\"ways\":null}");
    }
}
