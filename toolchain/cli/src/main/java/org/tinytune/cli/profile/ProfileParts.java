package org.tinytune.cli.profile;

/**
 * What the blocks before a network take on a board, and what the network does. The network is measured alone; the
 * blocks take what the whole model takes beyond it, so that both add up to the whole.
 *
 * @param frontEnd the blocks
 * @param network behind them
 */
public record ProfileParts(Part frontEnd, Part network) {
    /**
     * One of the two. The names are those of the JSON report.
     *
     * @param latencyMicros of one inference, the median
     * @param cycles of one inference, the median; an estimate where instructions are counted
     * @param share of the whole model's cycles, in [0, 1]
     * @param ramBytes static data and stack used
     * @param flashBytes of the linked firmware; the network's holds the protocol
     */
    public record Part(double latencyMicros, long cycles, double share, long ramBytes, long flashBytes) {}

    /** Of a model, and of its network alone. */
    static ProfileParts of(ModelProfile whole, ModelProfile network) {
        double share = Math.min(1, (double) network.cycles() / Math.max(1, whole.cycles()));
        return new ProfileParts(
                new Part(
                        whole.latencyMicros() - network.latencyMicros(),
                        whole.cycles() - network.cycles(),
                        1 - share,
                        whole.ramBytes() - network.ramBytes(),
                        whole.flashBytes() - network.flashBytes()),
                new Part(network.latencyMicros(), network.cycles(), share, network.ramBytes(), network.flashBytes()));
    }
}
