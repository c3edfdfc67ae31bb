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
    private final double rateHz;
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
     * What makes an event.
     *
     * @param results that are averaged
     * @param threshold of the average probability; absent where outputs are logits
     * @param pause results after an event without another one
     * @param ignored labels that are none
     */
    record Rule(int results, Optional<Double> threshold, int pause, List<String> ignored) {}

    /**
     * @param rateHz rows of the model's input a second
     * @param labels of the classes, as many as the output has
     * @throws InvalidModelException if the model tells no classes
     */
    StreamEvents(ContinuousGraph model, double rateHz, List<String> labels) {
        this.model = model;
        this.rateHz = rateHz;
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
                    events.add(event(seconds(step), event));
                }
            }
        }
        int results = Math.max(0, step - model.steps() + 1);
        return new Heard(recording.name(), seconds(step), recording.label(), results, events);
    }

    /** To a microsecond, which is less than a sample lasts. */
    private double seconds(int steps) {
        return Math.rint(steps * hopSeconds() * 1e6) / 1e6;
    }

    /** From one result to the next. */
    double hopSeconds() {
        return model.hop() / rateHz;
    }

    /** How much of the stream a result is of. */
    double windowSeconds() {
        return model.windowRows() / rateHz;
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

    /** What makes an event. */
    Rule rule() {
        Optional<Double> threshold = scores.areProbabilities() ? Optional.of(settings.threshold()) : Optional.empty();
        List<String> ignored = settings.ignored().stream()
                .filter(c -> c < labels.size())
                .mapToObj(labels::get)
                .toList();
        return new Rule(settings.results(), threshold, settings.pause(), ignored);
    }

    /** The same in a line. */
    String ruleText() {
        Rule rule = rule();
        return String.format(
                Locale.ROOT,
                "a result every %.3f s, of the latest %.3f s; an event is the label of the highest average over %s%s%s%s",
                hopSeconds(),
                windowSeconds(),
                results(rule.results()),
                rule.threshold()
                        .map(least -> ", if that is at least " + Quantities.percent(least))
                        .orElse(""),
                rule.ignored().isEmpty() ? "" : ", unless that is " + String.join(" or ", rule.ignored()),
                rule.pause() == 0 ? "" : ", and none follows within " + results(rule.pause()));
    }

    private static String results(int count) {
        return count + (count == 1 ? " result" : " results");
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
