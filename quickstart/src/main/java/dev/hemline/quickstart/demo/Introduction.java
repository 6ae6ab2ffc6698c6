package dev.hemline.quickstart.demo;

import java.util.List;

/** What a person is told when everything has been started: where things are, and how to join. */
record Introduction(DemoPorts ports, DemoFolder folder, boolean temporary) {
    List<String> lines() {
        String broker = "localhost:" + ports.broker();
        return List.of(
                "",
                "  live page   " + ports.page(),
                "  broker      " + broker,
                "  classifier  http://localhost:" + ports.classifier() + "/metrics",
                "  trainer     http://localhost:" + ports.trainer() + "/metrics",
                "  logs        " + folder.logs() + (temporary ? " (removed at the end; --dir DIR keeps them)" : ""),
                "",
                "Join from another terminal:",
                "  ./hemline watch --bootstrap-servers " + broker,
                "  ./hemline produce --bootstrap-servers " + broker + " --rate 50",
                "  kcat -C -b " + broker + " -t classifications -o end -f '%T %k %S bytes\\n'",
                "");
    }
}
