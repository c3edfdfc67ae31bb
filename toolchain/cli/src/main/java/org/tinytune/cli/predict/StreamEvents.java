package org.tinytune.cli.predict;

import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.output.Table;
import org.tinytune.core.decision.ClassScores;
import org.tinytune.core.decision.Trigger;
import org.tinytune.core.decision.TriggerSettings;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.slide.ContinuousGraph;
import org.tinytune.core.sim.Simulator;
import org.tinytune.data.reader.SignalReader;

/**
 * What a library for continuous use recognises in recordings: each is fed to the model in steps, as a board does with
 * its samples, and what the trigger makes of the results are events.
 */
final class StreamEvents {
    private final ContinuousGraph model;
    private final ClassScores scores;
    private final TriggerSettings settings;
    private final Trigger trigger;
    private final Simulator simulator;
    private final List<String> labels;

    /**
     * Something that was recognised.
     *
     * @param seconds of the recording that had been heard by then
     * @param label the class
     * @param probability of the class, on average of the results that made the event; absent where outputs are logits
     */
    record Event(double seconds, String label, Optional<Double> probability) {}

    /**
     * The events of a recording.
     *
     * @param recording its name
     * @param seconds that it lasts, as far as it fills steps
     * @param expected what the file says that it is, where it does
     * @param results how many windows of it were classified
     * @param events in their order
     */
    record Heard(String recording, double seconds, Optional<String> expected, int results, List<Event> events) {}

    /**
     * @param labels of the classes, as many as the output has
     * @throws InvalidModelException if the model tells no classes
     */
    StreamEvents(ContinuousGraph model, List<String> labels) {
        this.model = model;
        this.labels = labels;
        Graph graph = model.graph();
        scores = ClassScores.of(graph)
                .orElseThrow(
                        () -> new InvalidModelException("the model tells no classes, so that nothing is an event"));
        settings = TriggerSettings.of(graph.metadata());
        trigger = new Trigger(scores, settings);
        simulator = Simulator.of(graph);
    }

    /** Feeds a recording, cut into steps, to the model as it is before its first sample. */
    Heard hear(SignalReader.Windows recording) {
        simulator.reset();
        trigger.reset();
        List<Event> events = new ArrayList<>();
        int step = 0;
        for (short[] counts : recording.counts()) {
            byte[] output = simulator.run(bytes(counts));
            step++;
            if (step >= model.steps()) {
                int event = trigger.update(scores.of(output));
                if (event != Trigger.NOTHING) {
                    events.add(event(seconds(step, recording), event));
                }
            }
        }
        int results = Math.max(0, step - model.steps() + 1);
        return new Heard(recording.name(), seconds(step, recording), recording.label(), results, events);
    }

    /** To a microsecond, which is less than a sample lasts. */
    private static double seconds(int steps, SignalReader.Windows recording) {
        return Math.rint(steps * recording.strideSeconds() * 1e6) / 1e6;
    }

    private Event event(double seconds, int event) {
        Optional<Double> probability = scores.areProbabilities()
                ? Optional.of(Math.min(1, trigger.average(event) / scores.one()))
                : Optional.empty();
        return new Event(seconds, labels.get(event), probability);
    }

    private static byte[] bytes(short[] counts) {
        ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES * counts.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(counts);
        return bytes.array();
    }

    /** What makes an event, in a line. */
    String rule(double hopSeconds) {
        String threshold = scores.areProbabilities()
                ? " of at least " + Quantities.percent(settings.threshold())
                : ", whatever it is";
        return String.format(
                Locale.ROOT,
                "a result every %.3f s, of the latest %.3f s; an event is an average of %d %s%s, with none in the %d %s"
                        + " after it",
                hopSeconds,
                hopSeconds * model.windowRows() / model.hop(),
                settings.results(),
                settings.results() == 1 ? "result" : "results",
                threshold,
                settings.pause(),
                settings.pause() == 1 ? "result" : "results");
    }

    /** A line an event, and one for a recording without any. */
    static String text(List<Heard> all) {
        Table table = new Table(left("recording"), right("at"), left("event"), right("probability"), left("file says"));
        for (Heard heard : all) {
            String expected = heard.expected().orElse("-");
            if (heard.events().isEmpty()) {
                String why = heard.results() == 0 ? "none: too short" : "none";
                table.row(heard.recording(), "-", why, "-", expected);
            }
            for (Event event : heard.events()) {
                table.row(
                        heard.recording(),
                        String.format(Locale.ROOT, "%.3f s", event.seconds()),
                        event.label(),
                        event.probability().map(Quantities::percent).orElse("-"),
                        expected);
            }
        }
        return table.text();
    }
}
