package org.tinytune.cli.plot;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/** Pictures as one PNG file: the same drawings, below each other, in light colors. */
final class PlotImage {
    private static final double MARGIN = 24;
    private static final double TEXT = 18;
    private static final double GAP = 14;
    private static final double WIDTH = 1040;
    private static final int SCALE = 2;

    /** What viewers open without trouble. */
    private static final double MAX_HEIGHT = 16_000;

    private PlotImage() {}

    /**
     * The file.
     *
     * @throws TinytuneException with {@link ExitCode#USAGE} if there is too much for one picture, with
     *     {@link ExitCode#TOOL_MISSING} if this machine has no fonts
     */
    static byte[] png(String title, Pictures pictures) {
        Picture all = composed(title, pictures);
        if (all.height() > MAX_HEIGHT) {
            throw new TinytuneException(
                    ExitCode.USAGE,
                    "that is too much for one picture: choose classes by --label, fewer --samples, or an --out that ends in"
                            + " .html");
        }
        int scale = all.height() * SCALE <= MAX_HEIGHT ? SCALE : 1;
        try {
            return Raster.png(drawn(Palette.resolved(all.svg()), all, scale));
        } catch (InternalError | NoClassDefFoundError e) {
            throw new TinytuneException(
                    ExitCode.TOOL_MISSING,
                    "text cannot be drawn here: " + e.getMessage()
                            + " (install fontconfig and a font, or give an --out that ends in .html)",
                    e);
        }
    }

    /** The title, what is explained, the legend, and all sections with theirs. */
    private static Picture composed(String title, Pictures pictures) {
        Svg svg = new Svg();
        double y = MARGIN;
        svg.text(MARGIN, y + TEXT, Svg.Anchor.START, Palette.INK, 20, Svg.fitting(title, WIDTH * 0.55));
        y += 2 * TEXT;
        for (String line : wrapped(pictures.explanation())) {
            svg.text(MARGIN, y + 10, Svg.Anchor.START, Palette.SOFT, line);
            y += TEXT;
        }
        if (pictures.legend().isPresent()) {
            svg.inner(MARGIN, y, pictures.legend().get());
            y += pictures.legend().get().height();
        }
        for (Pictures.Section section : pictures.sections()) {
            y += GAP;
            String heading = Svg.fitting(section.title(), WIDTH * 0.5) + " (" + section.note() + ")";
            svg.line(MARGIN, y, MARGIN + WIDTH, y, Palette.LINE);
            svg.text(MARGIN, y + TEXT, Svg.Anchor.START, Palette.INK, 14, heading);
            y += TEXT + GAP;
            y = flow(svg, section.pictures(), y);
        }
        Svg whole = new Svg();
        whole.rectangle(0, 0, WIDTH + 2 * MARGIN, y + MARGIN, Palette.CARD, 1);
        String elements = whole.elements() + svg.elements();
        return new Picture(title, WIDTH + 2 * MARGIN, y + MARGIN, elements);
    }

    /** Draws pictures beside each other as long as there is room; gives where the next may begin. */
    private static double flow(Svg svg, List<Picture> pictures, double top) {
        double x = 0;
        double y = top;
        double lineHeight = 0;
        for (Picture picture : pictures) {
            if (x > 0 && x + picture.width() > WIDTH) {
                x = 0;
                y += lineHeight + GAP;
                lineHeight = 0;
            }
            svg.inner(MARGIN + x, y, picture);
            x += picture.width() + GAP;
            lineHeight = Math.max(lineHeight, picture.height());
        }
        return y + lineHeight;
    }

    private static List<String> wrapped(List<String> texts) {
        int letters = (int) (WIDTH / Svg.LETTER);
        List<String> lines = new ArrayList<>();
        for (String text : texts) {
            StringBuilder line = new StringBuilder();
            for (String word : text.split(" ")) {
                if (line.length() > 0 && line.length() + 1 + word.length() > letters) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.append(line.length() == 0 ? "" : " ").append(word);
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static BufferedImage drawn(String svg, Picture picture, int scale) {
        SVGDocument document = new SVGLoader()
                .load(
                        new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)),
                        null,
                        LoaderContext.createDefault());
        BufferedImage image = new BufferedImage(
                (int) Math.ceil(scale * picture.width()),
                (int) Math.ceil(scale * picture.height()),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.scale(scale, scale);
        document.render(null, graphics);
        graphics.dispose();
        return image;
    }
}
