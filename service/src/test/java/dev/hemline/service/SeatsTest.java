package dev.hemline.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.service.Seats.Seat;
import org.junit.jupiter.api.Test;

class SeatsTest {
    private final Seats seats = new Seats(3, 2);

    @Test
    void shouldLeaveRoomForOthersHoweverManyOneClientWants() {
        assertThat(seats.take("10.0.0.1")).isPresent();
        assertThat(seats.take("10.0.0.1")).isPresent();

        assertThat(seats.take("10.0.0.1")).isEmpty();
        assertThat(seats.take("10.0.0.2")).isPresent();
        assertThat(seats.take("10.0.0.3")).isEmpty();
    }

    @Test
    void shouldGiveASeatToSomebodyElseOnceItIsLeft() {
        Seat one = seats.take("10.0.0.1").orElseThrow();
        assertThat(seats.take("10.0.0.1")).isPresent();

        one.close();
        one.close();

        assertThat(seats.take("10.0.0.1")).isPresent();
        assertThat(seats.take("10.0.0.1")).isEmpty();
    }

    @Test
    void shouldTakeANetworkOfIpv6ForOneClient() {
        assertThat(seats.take("2001:db8:1:1::1")).isPresent();
        assertThat(seats.take("[2001:db8:1:1:ffff::2]")).isPresent();

        assertThat(seats.take("2001:db8:1:1::3")).isEmpty();
        assertThat(seats.take("2001:db8:1:2::1")).isPresent();
    }
}
