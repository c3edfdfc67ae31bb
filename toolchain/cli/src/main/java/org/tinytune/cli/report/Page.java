package org.tinytune.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.tinytune.cli.output.Json;

/** {@code report.html}: one page that needs no other file and no network. */
public final class Page {
    /** Chart.js 4.5.1, MIT licence, as its WebJar packs it. */
    private static final String CHART_LIBRARY = "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";

    private Page() {}

    /**
     * The page.
     *
     * @param name of the page and of its script, among the resources of this package
     * @param data that the script draws
     */
    public static String html(String name, Object data) {
        return resource(name + ".html")
                .replace("/*{{style}}*/", resource("report.css"))
                .replace("/*{{chart}}*/", inScript(resource(CHART_LIBRARY)))
                .replace("/*{{script}}*/", resource("common.js") + resource(name + ".js"))
                .replace("/*{{data}}*/", inScript(Json.text(data)));
    }

    /** Text inside a script element must not end it. */
    private static String inScript(String text) {
        return text.replace("</", "<\\/").replace("//# sourceMappingURL", "// source map");
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
