package org.tinytune.cli.plot;

import java.util.stream.Collectors;

/** Pictures as one HTML page that needs no other file, no script and no network. */
final class PlotPage {
    private static final String STYLE = """
            :root { color-scheme: light dark; %s}
            @media (prefers-color-scheme: dark) { :root { %s} }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
            header, main, nav { max-width: 1130px; margin: 0 auto; padding: 0 20px; overflow-wrap: anywhere; }
            header { padding-top: 28px; }
            h1 { margin: 0 0 8px; font-size: 26px; font-weight: 650; }
            h2 { margin: 0 0 6px; font-size: 17px; font-weight: 600; }
            p { margin: 0 0 8px; max-width: 90ch; color: var(--soft); }
            a { color: var(--s0); }
            nav ul { margin: 8px 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: 2px 14px; }
            section { margin: 16px 0; padding: 16px 20px; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
            h2 small { font-weight: 400; color: var(--soft); }
            figure { margin: 0; display: flex; flex-wrap: wrap; gap: 16px; }
            svg { max-width: 100%%; height: auto; }
            """;

    private static final int FEWEST_LINKS = 4;

    private PlotPage() {}

    /** The page. */
    static String html(String title, Pictures pictures) {
        StringBuilder page =
                new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(Svg.escape(title))
                .append("</title>\n<style>\n")
                .append(String.format(STYLE, Palette.declarations(false), Palette.declarations(true)))
                .append("</style>\n</head>\n<body>\n<header>\n<h1>")
                .append(Svg.escape(title))
                .append("</h1>\n");
        pictures.explanation()
                .forEach(line -> page.append("<p>").append(Svg.escape(line)).append("</p>\n"));
        pictures.legend().ifPresent(legend -> page.append(legend.svg()));
        page.append("</header>\n");
        if (pictures.sections().size() >= FEWEST_LINKS) {
            page.append(links(pictures));
        }
        page.append("<main>\n");
        for (int s = 0; s < pictures.sections().size(); s++) {
            page.append(section(pictures.sections().get(s), s));
        }
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private static String links(Pictures pictures) {
        StringBuilder links = new StringBuilder("<nav aria-label=\"Classes\"><ul>\n");
        for (int s = 0; s < pictures.sections().size(); s++) {
            links.append("<li><a href=\"#s")
                    .append(s)
                    .append("\">")
                    .append(Svg.escape(pictures.sections().get(s).title()))
                    .append("</a></li>\n");
        }
        return links.append("</ul></nav>\n").toString();
    }

    private static String section(Pictures.Section section, int number) {
        String drawn = section.pictures().stream().map(Picture::svg).collect(Collectors.joining());
        return "<section id=\"s" + number + "\">\n<h2>" + Svg.escape(section.title()) + " <small>"
                + Svg.escape(section.note()) + "</small></h2>\n<figure>\n" + drawn + "</figure>\n</section>\n";
    }
}
