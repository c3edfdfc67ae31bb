package org.tinytune.cli.model;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.channel.ConstantChannels;
import org.tinytune.core.decision.ClassScores;
import org.tinytune.core.decision.TriggerSettings;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.SignalFacts;
import org.tinytune.core.op.slide.ContinuousGraph;
import org.tinytune.data.recording.Span;
import picocli.CommandLine.Option;

/** Options of the use of a model on a window that slides over a stream. */
public final class ContinuousOptions {
    private static final String COUNT = "[0-9]{1,9}";

    @Option(
            names = "--continuous",
            description = "Use the model on a window that slides over a stream: each step takes only new samples, and a"
                    + " trigger makes events of what follows each other.")
    private boolean continuous;

    @Option(
            names = "--hop",
            paramLabel = "N|TIME",
            description = "With --continuous: how far the window moves on, in frames of the features (in samples where"
                    + " there is one frame), or a time such as 250ms or 1s (default: about a quarter of the window).")
    private String hop;

    @Option(
            names = "--trigger-results",
            paramLabel = "N",
            description = "Results that the trigger averages, 1 to " + TriggerSettings.MAX_RESULTS
                    + " (default: as many as half a window, at most 8).")
    private Integer results;

    @Option(
            names = "--trigger-threshold",
            paramLabel = "P",
            description = "The average probability that is an event (default: 0.7).")
    private Double threshold;

    @Option(
            names = "--trigger-pause",
            paramLabel = "N",
            description = "Results after an event without another one (default: a window's).")
    private Integer pause;

    @Option(
            names = "--trigger-ignore",
            paramLabel = "LABEL",
            split = ",",
            description = "Labels that are no event (default: those that say nothing, such as noise and unknown;"
                    + " --trigger-ignore= for none).")
    private List<String> ignored;

    /** Whether something is asked for that a model for a single sample does not have. */
    public boolean areUsed() {
        return continuous || hop != null || saysTrigger();
    }

    /**
     * The model for continuous use, with the settings of its trigger; empty if it is not asked for.
     *
     * @throws TinytuneException with {@link ExitCode#USAGE} if an option does not fit the model
     */
    public Optional<ContinuousGraph> of(Graph model) {
        if (!continuous) {
            if (areUsed()) {
                throw usage("--hop and --trigger-... are about a sliding window (add --continuous)");
            }
            return Optional.empty();
        }
        if (model.hasState()) {
            throw usage("--continuous: the model remembers its inputs by itself, so that no window slides over them"
                    + " (leave --continuous out)");
        }
        // States are in the way of looking for constant channels, so that comes first.
        Graph left = ConstantChannels.leftOut(model);
        ContinuousGraph made = ContinuousGraph.of(left, hop(left));
        Graph graph = made.graph();
        TriggerSettings settings = settings(graph);
        return Optional.of(new ContinuousGraph(
                graph.withMetadata(settings.storedIn(graph.metadata())), made.hop(), made.steps(), made.windowRows()));
    }

    /**
     * A model that remembers its inputs by itself, with what is said of its trigger.
     *
     * @param model with states
     * @throws TinytuneException with {@link ExitCode#USAGE} if an option does not fit it
     */
    public Graph ofStates(Graph model) {
        if (continuous || hop != null) {
            throw usage("the model remembers its inputs by itself, each of which moves it on (leave --continuous and"
                    + " --hop out)");
        }
        return saysTrigger() ? model.withMetadata(settings(model).storedIn(model.metadata())) : model;
    }

    private boolean saysTrigger() {
        return results != null || threshold != null || pause != null || ignored != null;
    }

    private int hop(Graph model) {
        if (hop == null) {
            return ContinuousGraph.usualHop(model);
        }
        int granularity = ContinuousGraph.granularity(model);
        if (hop.matches(COUNT)) {
            return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(hop) * granularity);
        }
        Span span = span();
        if (span.isFrames()) {
            return hop(span.amount(), granularity);
        }
        double rate = SignalFacts.of(model.metadata())
                .rateHz()
                .orElseThrow(() ->
                        usage("--hop " + hop + ": the model does not say how many samples a second has (give frames)"));
        return hop(span.length() * rate, granularity);
    }

    private Span span() {
        try {
            return Span.parse(hop);
        } catch (IllegalArgumentException e) {
            throw usage("--hop " + hop + " is neither a number of frames nor a time such as 250ms or 1s");
        }
    }

    /** The nearest whole number of frames, at least one. */
    private static int hop(double samples, int granularity) {
        double frames = Math.rint(samples / granularity);
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, (long) frames) * granularity);
    }

    private TriggerSettings settings(Graph graph) {
        TriggerSettings usual = TriggerSettings.of(graph.metadata());
        Optional<ClassScores> scores = ClassScores.of(graph);
        if (saysTrigger() && scores.isEmpty()) {
            throw usage("--trigger-...: the model tells no classes, so that nothing is an event");
        }
        boolean probabilities = scores.map(ClassScores::areProbabilities).orElse(false);
        if (threshold != null && !probabilities) {
            throw usage("--trigger-threshold: the model's outputs are no probabilities");
        }
        try {
            return new TriggerSettings(
                    results == null ? usual.results() : results,
                    threshold == null ? usual.threshold() : threshold,
                    pause == null ? usual.pause() : pause,
                    ignored == null ? usual.ignored() : classes(new Classifier(graph).labels()));
        } catch (TinytuneException e) {
            throw usage(e.getMessage());
        }
    }

    private BitSet classes(List<String> labels) {
        BitSet classes = new BitSet();
        for (String label : ignored) {
            if (label.isEmpty()) {
                continue;
            }
            if (!labels.contains(label)) {
                throw usage("--trigger-ignore " + label + ": the model's labels are " + String.join(", ", labels));
            }
            classes.set(labels.indexOf(label));
        }
        return classes;
    }

    private static TinytuneException usage(String message) {
        return new TinytuneException(ExitCode.USAGE, message);
    }
}
