package org.tinytune.cli.search;

import java.util.Map;

/**
 * What {@code provenance.json} holds: everything that the model follows from, so that it can be made again.
 *
 * @param schemaVersion raised when a key changes its meaning
 * @param version of tinytune
 * @param commit that it was built from
 * @param jdk that ran it; the model does not depend on it
 * @param data the data set
 * @param board id
 * @param boardSha256 of the board's file
 * @param seed of everything
 * @param sampler who proposed the candidates
 * @param limits what a model was allowed to use
 * @param trial whose network was chosen
 * @param parameters of that trial
 * @param modelSha256 of the model's file
 */
record Provenance(
        int schemaVersion,
        String version,
        String commit,
        String jdk,
        Data data,
        String board,
        String boardSha256,
        long seed,
        String sampler,
        SearchSummary.LimitSummary limits,
        int trial,
        Map<String, Object> parameters,
        String modelSha256) {

    static final int SCHEMA_VERSION = 1;

    /**
     * The data set.
     *
     * @param path as it was given
     * @param fingerprint of its contents
     */
    record Data(String path, String fingerprint) {}
}
