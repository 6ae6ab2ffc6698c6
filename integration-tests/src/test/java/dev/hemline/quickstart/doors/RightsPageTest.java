package dev.hemline.quickstart.doors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.service.access.RequiredAcls;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RightsPageTest {
    private final RequiredAcls rights = RequiredAcls.of("hemline-classifier", "fashion-mnist");

    @Test
    void shouldTellOfTheRightsThatProgramsAskForAndNoOthers() throws IOException {
        RightsPage page = RightsPage.read();

        // Who makes topics is a person with more rights, told of in words.
        assertThat(page.programs().keySet())
                .containsExactlyInAnyOrderElementsOf(rights.programs().stream()
                        .filter(program -> !program.equals("topics create"))
                        .toList());
        page.programs()
                .forEach((program, rows) -> assertThat(rows)
                        .as(program)
                        .extracting(RightsPage.Row::right)
                        .containsExactlyInAnyOrderElementsOf(rights.of(program)));
    }
}
