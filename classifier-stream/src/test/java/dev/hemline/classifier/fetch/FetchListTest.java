package dev.hemline.classifier.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.topic.NotFetchedException;
import dev.hemline.topic.Rejection;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What attackers write into an address so that one program takes it for allowed and another one goes elsewhere. */
class FetchListTest {
    private static final FetchList LIST = FetchList.parse(List.of(
            "https://a.example/in/",
            "http://a.example:9000/",
            "https://[2001:db8::1]/",
            "file:///data/in/",
            "10.1.0.0/16"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.example/in/boot.png",
                "HTTPS://A.Example:443/in/deep/er/boot%20x.png?X-Amz-Signature=ab%2Fcd",
                "http://a.example:9000/o/images%2Fboot.png?alt=media",
                "https://[2001:db8::1]/in/boot.png",
                "file:///data/in/boot.png",
                "file:/data/in/St%C3%BCck.png"
            })
    void shouldAllowWhatIsUnderAListedAddress(String address) {
        assertThat(LIST.find(address).uri()).hasToString(address);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
                    https://a.example.evil/in/boot.png          | not under what may be fetched
                    https://evil/in/https://a.example/in/b.png  | not under what may be fetched
                    https://a.example:8443/in/boot.png          | not under what may be fetched
                    https://a.example:80/in/boot.png            | not under what may be fetched
                    https://a.example./in/boot.png              | not under what may be fetched
                    http://a.example/in/boot.png                | not under what may be fetched
                    https://a.example/inner/boot.png            | not under what may be fetched
                    https://a.example/in%2Fboot.png             | not under what may be fetched
                    https://a.example/IN/boot.png               | not under what may be fetched
                    https://a.example                           | not under what may be fetched
                    https://sub.a.example/in/boot.png           | not under what may be fetched
                    https://127.0.0.1/in/boot.png               | not under what may be fetched
                    https://[::1]/in/boot.png                   | not under what may be fetched
                    https://[::ffff:127.0.0.1]/in/boot.png      | not under what may be fetched
                    https://[0:0:0:0:0:ffff:7f00:1]/in/boot.png | not under what may be fetched
                    https://2130706433/in/boot.png              | number that is no address
                    https://127.1/in/boot.png                   | names no machine
                    https://0177.0.0.1/in/boot.png              | number that is no address
                    https://0x7f.0.0.1/in/boot.png              | names no machine
                    https://0x7f000001/in/boot.png              | number that is no address
                    https://a.example@evil/in/boot.png          | names a user
                    https://a.example:443@evil/in/boot.png      | names a user
                    https://me:secret@a.example/in/boot.png     | names a user
                    https://a.example\\@evil/in/boot.png        | no address
                    https://a.example%2eevil/in/boot.png        | names no machine
                    https://a.example:99999/in/boot.png         | its port is none
                    https://a.example:0/in/boot.png             | its port is none
                    https://a.example:443:1/in/boot.png         | names no machine
                    https:///in/boot.png                        | names no machine
                    https:a.example/in/boot.png                 | names no machine
                    //a.example/in/boot.png                     | begins with none of
                    in/boot.png                                 | begins with none of
                    ftp://a.example/in/boot.png                 | begins with none of
                    gopher://a.example/in/boot.png              | begins with none of
                    jar:https://a.example/in/x.jar!/boot.png    | begins with none of
                    data:image/png;base64,AAAA                  | begins with none of
                    s3://bucket/in/boot.png                     | public or presigned
                    https://a.example/in/boot.png#x             | it has a #
                    https://a.example/in/../secret.png          | has . or .. in it
                    https://a.example/in/%2e%2e/secret.png      | has . or .. in it
                    https://a.example/in/.%2E/secret.png        | has . or .. in it
                    https://a.example/in/%252e%252e/secret.png  | has . or .. in it
                    https://a.example/in/x%2F..%2F..%2Fsecret   | has . or .. in it
                    https://a.example/in/..%5Csecret.png        | has . or .. in it
                    https://a.example/in/..;/secret.png         | has . or .. in it
                    https://a.example/in/%25252525252e/x.png    | encoded again and again
                    https://a.example/in/%c0%ae%c0%ae/x.png     | its path is not UTF-8
                    https://a.example/in/x%00.png               | control characters
                    https://a.example/in/x%0d%0aHost:evil       | control characters
                    https://a.example/in/Stück.png              | not ASCII's
                    'https://a.example/in/a b.png'              | not ASCII's
                    file:///etc/passwd                          | not under what may be fetched
                    file:///data/in/../../etc/passwd            | has . or .. in it
                    file:///data/in/%2e%2e/%2e%2e/etc/passwd    | has . or .. in it
                    file:///data/inner/boot.png                 | not under what may be fetched
                    file://evil/data/in/boot.png                | without a machine
                    file://localhost/data/in/boot.png           | without a machine
                    file:data/in/boot.png                       | without a machine
                    ''                                          | begins with none of
                    """)
    void shouldRefuseEverythingElseAndSayWhy(String address, String why) {
        assertThatThrownBy(() -> LIST.find(address))
                .isInstanceOfSatisfying(
                        NotFetchedException.class, e -> assertThat(e.reason()).isEqualTo(Rejection.NOT_FETCHED))
                .hasMessageStartingWith("Its picture at ")
                .hasMessageContaining(why)
                .hasMessageNotContaining("secret@");
    }

    @Test
    void shouldRefuseAnAddressWithoutEnd() {
        assertThatThrownBy(() -> LIST.find("https://a.example/in/" + "x".repeat(9_000)))
                .hasMessageContaining("longer than 8192 characters")
                .message()
                .hasSizeLessThan(500);
    }

    @Test
    void shouldTellNoSignature() {
        assertThatThrownBy(() -> LIST.find("https://evil/in/boot.png?X-Amz-Signature=secret"))
                .hasMessageContaining("https://evil/in/boot.png was not")
                .hasMessageNotContaining("Signature");
        assertThat(LIST.find("https://a.example/in/boot.png?sig=secret").shown())
                .doesNotContain("secret");
    }

    @Test
    void shouldSayThatNothingIsFetched() {
        FetchList nothing = FetchList.parse(List.of());

        assertThatThrownBy(() -> nothing.find("https://a.example/in/boot.png"))
                .hasMessageContaining("start the classifier with --fetch-from");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.9.1",
                "0.0.0.0",
                "10.2.0.1",
                "100.64.0.1",
                "169.254.169.254",
                "172.31.0.1",
                "192.168.1.1",
                "192.0.0.8",
                "198.19.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.2.0.1",
                "::127.0.0.1",
                "64:ff9b::127.0.0.1",
                "64:ff9b:1::1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd12::1",
                "ff02::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "4000::1"
            })
    void shouldConnectToNoMachineOfOnesOwnThatIsNotListed(String address) throws UnknownHostException {
        assertThat(LIST.mayConnect(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "93.184.216.34",
                "172.32.0.1",
                "2606:2800:220:1::1",
                "64:ff9b::93.184.216.34",
                "10.1.255.1",
                "::ffff:10.1.0.1"
            })
    void shouldConnectToWhatIsPublicOrListed(String address) throws UnknownHostException {
        assertThat(LIST.mayConnect(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/in, ends with /",
        "https://a.example/?x=1, has no ?",
        "https://a.example, it ends with /",
        "https://me@a.example/, names a user",
        "ftp://a.example/, begins with none of",
        "http://0127.0.0.1/, number that is no address",
        "a.example, begins with none of",
        "10.0.0.0/33, begins with none of",
        "10.0.0, begins with none of",
        "010.0.0.1, begins with none of"
    })
    void shouldRefuseToListWhatCannotBe(String listed, String why) {
        assertThatThrownBy(() -> FetchList.parse(List.of(listed)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--fetch-from lists addresses such as")
                .hasMessageContaining(why);
    }

    @Test
    void shouldRefuseAListOfMachinesAlone() {
        assertThatThrownBy(() -> FetchList.parse(List.of("10.0.0.0/8"))).hasMessageContaining("no address");
    }
}
