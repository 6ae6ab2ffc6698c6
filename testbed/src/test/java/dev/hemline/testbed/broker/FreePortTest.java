package dev.hemline.testbed.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FreePortTest {
    @Test
    void shouldGiveNoPortTwiceUntilItHasGivenAllOfItsBlock() {
        Set<Integer> given = new TreeSet<>();
        for (int i = 0; i < 99; i++) {
            given.add(FreePort.any());
        }

        assertThat(given)
                .hasSizeGreaterThan(90)
                .allSatisfy(port -> assertThat(port).isBetween(15_000, 31_999));
    }

    @Test
    void shouldFindOthersWhereAllOfItsBlockAreInUse() throws IOException {
        List<ServerSocket> inUse = new ArrayList<>();
        try {
            for (int i = 0; i < 150; i++) {
                inUse.add(new ServerSocket(FreePort.any(), 1, InetAddress.getByName("localhost")));
            }
        } finally {
            for (ServerSocket one : inUse) {
                one.close();
            }
        }

        assertThat(inUse).extracting(ServerSocket::getLocalPort).doesNotHaveDuplicates();
    }
}
