package org.tinytune.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class LineChartTest {
    private static Element parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getDocumentElement();
    }

    @Test
    void drawsALineFromTheFirstNumberToTheLast() throws Exception {
        LineChart chart = new LineChart("epoch", "accuracy")
                .level(0.5)
                .line("one", List.of(0.0, 0.5, 1.0))
                .line("two", List.of(1.0))
                .line("none", List.of());

        NodeList lines = parse(chart.svg()).getElementsByTagName("polyline");

        // from the lower left corner of the axes to the upper right one
        assertThat(lines.getLength()).isEqualTo(3);
        assertThat(((Element) lines.item(0)).getAttribute("points")).isEqualTo("56.0,392.0 383.0,204.0 710.0,16.0");
        assertThat(((Element) lines.item(1)).getAttribute("points")).isEqualTo("56.0,16.0");
        assertThat(((Element) lines.item(2)).getAttribute("points")).isEmpty();
    }

    /** A line of a single value would not show otherwise. */
    @Test
    void marksWhereALineEnds() throws Exception {
        LineChart chart = new LineChart("epoch", "accuracy")
                .line("one", List.of(0.0, 0.5, 1.0))
                .line("two", List.of(1.0))
                .line("none", List.of());

        NodeList dots = parse(chart.svg()).getElementsByTagName("circle");

        assertThat(dots.getLength()).isEqualTo(2);
        assertThat(((Element) dots.item(0)).getAttribute("cx")).isEqualTo("710.0");
        assertThat(((Element) dots.item(1)).getAttribute("cx")).isEqualTo("56.0");
        assertThat(((Element) dots.item(1)).getAttribute("cy")).isEqualTo("16.0");
    }

    @Test
    void anyLabelIsText() throws Exception {
        String label = "<b> & \"quoted\" 100 %d";

        String text =
                parse(new LineChart("x", "y").line(label, List.of(0.2)).svg()).getTextContent();

        assertThat(text).contains(label);
    }

    @Test
    void moreLinesThanColorsDifferAllTheSame() throws Exception {
        LineChart chart = new LineChart("x", "y");
        for (int i = 0; i < 20; i++) {
            chart.line("line " + i, List.of(0.1, 0.2));
        }

        NodeList lines = parse(chart.svg()).getElementsByTagName("polyline");

        assertThat(IntStream.range(0, 20)
                        .mapToObj(i -> ((Element) lines.item(i)).getAttribute("stroke")
                                + ((Element) lines.item(i)).getAttribute("stroke-dasharray")))
                .doesNotHaveDuplicates();
    }
}
