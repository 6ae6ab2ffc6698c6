package dev.hemline.service;

import static dev.hemline.service.TerminalTable.Column.left;
import static dev.hemline.service.TerminalTable.Column.right;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TerminalTableTest {
    @Test
    void shouldMakeColumnsAsWideAsTheyHaveToBe() {
        TerminalTable table = new TerminalTable(left("NAME"), right("COUNT"), left("WHY"))
                .row("a", 1_234_567, "because")
                .row("a longer name", 8L, "");

        assertThat(table.lines())
                .containsExactly(
                        "NAME               COUNT  WHY",
                        "a              1,234,567  because",
                        "a longer name          8");
    }

    @Test
    void shouldKeepWidthsAndAnIndentAndGoWithoutAHeader() {
        TerminalTable table =
                new TerminalTable(2, left("", 6), right("", 5)).row("a", "1.5").row("b", "12.25");

        assertThat(table.lines()).containsExactly("  a         1.5", "  b       12.25");
    }

    @Test
    void shouldRefuseARowOfAnotherLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TerminalTable(left("A")).row("a", "b"))
                .withMessage("2 cells for 1 columns");
    }
}
