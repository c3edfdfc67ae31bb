package org.tinytune.cli.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.tinytune.cli.output.Json;

/** {@code report.html}: one page that needs no other file and no network. */
final class Report {
    /** Chart.js 4.5.1, MIT licence, as its WebJar packs it. */
    private static final String CHART_LIBRARY = "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";

    private Report() {}

    /** The page. */
    static String html(ReportData data) {
        return resource("report.html")
                .replace("/*{{style}}*/", resource("report.css"))
                .replace("/*{{chart}}*/", inScript(resource(CHART_LIBRARY)))
                .replace("/*{{script}}*/", resource("report.js"))
                .replace("/*{{data}}*/", inScript(Json.text(data)));
    }

    /** Text inside a script element must not end it. */
    private static String inScript(String text) {
        return text.replace("</", "<\\/").replace("//# sourceMappingURL", "// source map");
    }

    private static String resource(String name) {
        try (InputStream in = Report.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
