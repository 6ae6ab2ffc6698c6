package dev.hemline.testbed.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventLedgerTest {
    @Test
    void shouldKeepAMillionEventsApart() {
        var ledger = new EventLedger();
        int events = 1_000_000;
        for (int i = 0; i < events; i++) {
            ledger.sent("shop-20260301T120000Z-3fa9c17b-" + i);
        }
        for (int i = 0; i < events; i++) {
            if (i != 4711) {
                ledger.outcome("shop-20260301T120000Z-3fa9c17b-" + i);
            }
        }
        ledger.outcome("shop-20260301T120000Z-3fa9c17b-42");

        assertThat(ledger.missing()).isEqualTo(1);
        assertThat(ledger.duplicated()).isEqualTo(1);
    }

    @Test
    void shouldStopCountingRatherThanOverflowIntoAnotherField() {
        var ledger = new EventLedger();
        ledger.sent("a");
        ledger.labelled("a", 9);
        for (int i = 0; i < 1000; i++) {
            ledger.outcome("a");
        }

        assertThat(ledger.duplicated()).isEqualTo(254);
        assertThat(ledger.label("a")).hasValue(9);
    }
}
