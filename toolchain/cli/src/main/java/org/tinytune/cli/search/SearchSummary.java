package org.tinytune.cli.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tinytune.cli.model.Provenance;
import org.tinytune.nas.FitCheck;
import org.tinytune.nas.Footprint;
import org.tinytune.nas.PlayOff;
import org.tinytune.nas.SearchRequest;
import org.tinytune.nas.SearchResult;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.TrialState;

/**
 * What {@code summary.json} holds. The names are an interface: keys are added, never renamed or removed.
 *
 * @param schemaVersion raised when a key changes its meaning
 * @param board id of the board
 * @param seed of everything
 * @param sampler who proposed the candidates
 * @param dataset what was searched on
 * @param limits what a model was allowed to use
 * @param trials all candidates, rejected ones included
 * @param paretoFront numbers of the trials that no other beats
 * @param playOff how the best trials did on all groups, the winner first; empty where there was none
 * @param best the chosen model
 * @param profile of the chosen model on the board
 */
record SearchSummary(
        int schemaVersion,
        String board,
        long seed,
        String sampler,
        DatasetSummary dataset,
        Provenance.Limits limits,
        List<TrialSummary> trials,
        List<Integer> paretoFront,
        List<PlayOff.Standing> playOff,
        Best best,
        ProfileSummary profile) {

    private static final int SCHEMA_VERSION = 1;

    /**
     * The data set.
     *
     * @param name as it calls itself
     * @param fingerprint of its contents
     * @param samples all of them
     * @param testSamples in the test part
     */
    record DatasetSummary(String name, String fingerprint, int samples, int testSamples) {}

    /**
     * A candidate.
     *
     * @param number in the order of proposal
     * @param state {@code complete}, {@code infeasible}, {@code failed} or {@code pruned}
     * @param parameters by name
     * @param figures by name
     * @param over of an infeasible one: by how much it is over each limit that it exceeds
     */
    record TrialSummary(
            int number,
            String state,
            Map<String, Object> parameters,
            Map<String, Double> figures,
            Map<String, Double> over) {}

    /**
     * The chosen model. Sizes are those of the linked firmware where the board's compiler is installed, otherwise upper
     * bounds.
     *
     * @param trial whose network it is
     * @param floatTestAccuracy before quantization, in [0, 1]
     * @param int8TestAccuracy of the model that is shipped, in [0, 1]
     * @param int8TestAccuracyInterval 95 % confidence interval of the latter
     * @param ramBytes static data, arena and stack bound
     * @param flashBytes code, tables and weights
     * @param latencyMicros of one inference, measured if {@code profile} ran, otherwise predicted
     * @param energyMicrojoules of one inference, estimate
     * @param model file name
     */
    record Best(
            int trial,
            double floatTestAccuracy,
            double int8TestAccuracy,
            List<Double> int8TestAccuracyInterval,
            long ramBytes,
            long flashBytes,
            double latencyMicros,
            double energyMicrojoules,
            String model) {}

    static SearchSummary of(SearchRequest request, SearchResult result, ProfileSummary profile, String modelFile) {
        Footprint footprint = result.footprint();
        return new SearchSummary(
                SCHEMA_VERSION,
                request.board().id(),
                request.seed(),
                lower(request.sampler()),
                new DatasetSummary(
                        result.dataset().card().name(),
                        result.dataset().fingerprint(),
                        result.dataset().size(),
                        result.test().size()),
                new Provenance.Limits(
                        request.limits().ramBytes(),
                        request.limits().flashBytes(),
                        request.limits().latencyMicros().isPresent()
                                ? Optional.of(request.limits().latencyMicros().getAsLong())
                                : Optional.empty()),
                result.trials().stream().map(SearchSummary::trial).toList(),
                result.paretoFront(),
                result.standings(),
                new Best(
                        result.best().number(),
                        result.floatTest().accuracy(),
                        result.int8Test().accuracy(),
                        List.of(
                                result.int8Test().interval().low(),
                                result.int8Test().interval().high()),
                        footprint.ramBytes(),
                        footprint.flashBytes(),
                        profile.latencyMicros().orElse(footprint.latency().micros()),
                        profile.energyMicrojoules().orElse(footprint.energyMicrojoules()),
                        modelFile),
                profile);
    }

    private static TrialSummary trial(FrozenTrial trial) {
        Map<String, Double> figures = new LinkedHashMap<>();
        trial.attributes().forEach((name, text) -> number(text).ifPresent(value -> figures.put(name, value)));
        Map<String, Double> over = new LinkedHashMap<>();
        for (int i = 0;
                trial.state() == TrialState.INFEASIBLE
                        && i < trial.constraints().size();
                i++) {
            if (trial.constraints().get(i) > 0) {
                over.put(FitCheck.CONSTRAINTS.get(i), trial.constraints().get(i));
            }
        }
        return new TrialSummary(
                trial.number(), lower(trial.state()), trial.parameters().values(), figures, over);
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
