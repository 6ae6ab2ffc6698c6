package dev.hemline.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnPageTest {
    private final OwnPage here = new OwnPage("localhost");
    private final OwnPage everywhere = new OwnPage("0.0.0.0");

    @Test
    void shouldAnswerToThisMachinesNames() {
        assertThat(here.isAskedFor("localhost:9401")).isTrue();
        assertThat(here.isAskedFor("127.0.0.1:9401")).isTrue();
        assertThat(here.isAskedFor("[::1]:9401")).isTrue();
    }

    @Test
    void shouldNotAnswerToANameThatOnlyLeadsHere() {
        assertThat(here.isAskedFor("evil.example:9401")).isFalse();
        assertThat(here.isAskedFor("localhost.evil.example")).isFalse();
        assertThat(here.isAskedFor(null)).isFalse();
    }

    @Test
    void shouldAnswerToAnyNameWhereItIsOpenToTheNetwork() {
        assertThat(everywhere.isAskedFor("classifier-1:9401")).isTrue();
        assertThat(everywhere.isAskedFor("not a host")).isFalse();
    }

    @Test
    void shouldTakeOnlyWhatItsOwnPageSends() {
        assertThat(here.sent("http://localhost:9401", "localhost:9401")).isTrue();
        assertThat(here.sent("http://evil.example", "localhost:9401")).isFalse();
        assertThat(here.sent("http://localhost:8080", "localhost:9401")).isFalse();
        assertThat(here.sent("null", "localhost:9401")).isFalse();
        assertThat(here.sent(null, "localhost:9401")).isFalse();
    }
}
