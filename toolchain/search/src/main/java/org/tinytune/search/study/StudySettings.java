package org.tinytune.search.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tinytune.search.sampler.Sampler;
import org.tinytune.search.space.SearchSpace;
import org.tinytune.search.trial.FeasibilityCheck;

/**
 * All that a study's trials follow from, but for the objective.
 *
 * @param space what may be varied
 * @param sampler who proposes
 * @param check who rejects proposals before they are evaluated
 * @param seed of all random streams
 * @param lag how many of the newest trials a proposal must not know the results of, at least 0; it bounds how many
 *     trials can run at once, to {@code lag + 1}
 * @param objectives their names, at least one; the first is maximised by the sampler
 * @param constraints their names, may be empty
 * @param fingerprints whatever else must be the same when the study is resumed, such as the data, the board, and the
 *     version: value by key
 */
public record StudySettings(
        SearchSpace space,
        Sampler sampler,
        FeasibilityCheck check,
        long seed,
        int lag,
        List<String> objectives,
        List<String> constraints,
        Map<String, String> fingerprints) {

    /** Four trials at once. */
    public static final int DEFAULT_LAG = 3;

    private static final String PARAMETER = "parameter ";
    private static final Set<String> OWN_KEYS = Set.of("seed", "sampler", "lag", "objectives", "constraints", "space");

    /** Checks and copies. */
    public StudySettings {
        objectives = List.copyOf(objectives);
        constraints = List.copyOf(constraints);
        fingerprints = Collections.unmodifiableMap(new LinkedHashMap<>(fingerprints));
        if (lag < 0 || objectives.isEmpty()) {
            throw new IllegalArgumentException("a study needs a lag of at least 0 and an objective");
        }
        for (String key : fingerprints.keySet()) {
            if (OWN_KEYS.contains(key) || key.startsWith(PARAMETER)) {
                throw new IllegalArgumentException("the fingerprint " + key + " has the name of a setting");
            }
        }
    }

    /** A study of one maximised objective, {@code value}, without constraints. */
    public static StudySettings of(SearchSpace space, Sampler sampler, long seed) {
        return new StudySettings(
                space, sampler, FeasibilityCheck.NONE, seed, DEFAULT_LAG, List.of("value"), List.of(), Map.of());
    }

    /** These settings with other objectives; the first is maximised by the sampler. */
    public StudySettings withObjectives(String... names) {
        return new StudySettings(space, sampler, check, seed, lag, List.of(names), constraints, fingerprints);
    }

    /** These settings with named constraints and the check that computes them before an evaluation. */
    public StudySettings withConstraints(FeasibilityCheck newCheck, String... names) {
        return new StudySettings(space, sampler, newCheck, seed, lag, objectives, List.of(names), fingerprints);
    }

    /** These settings with another lag. */
    public StudySettings withLag(int newLag) {
        return new StudySettings(space, sampler, check, seed, newLag, objectives, constraints, fingerprints);
    }

    /** These settings with one more thing that must be the same when the study is resumed. */
    public StudySettings withFingerprint(String key, String value) {
        Map<String, String> extended = new LinkedHashMap<>(fingerprints);
        extended.put(key, value);
        return new StudySettings(space, sampler, check, seed, lag, objectives, constraints, extended);
    }

    /**
     * What a study stores when it begins, and compares when it is resumed: value by key. Each parameter of the space
     * has an entry, so that a difference can be named.
     */
    public Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>(fingerprints);
        metadata.put("seed", Long.toString(seed));
        metadata.put("sampler", sampler.describe());
        metadata.put("lag", Integer.toString(lag));
        metadata.put("objectives", String.join(", ", objectives));
        metadata.put("constraints", String.join(", ", constraints));
        space.describe().forEach((name, line) -> metadata.put(PARAMETER + name, line));
        metadata.put("space", space.fingerprint());
        return metadata;
    }
}
