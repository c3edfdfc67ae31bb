package org.tinytune.test.bench;

/** Trains one network for half a minute, for a profiler to look at. */
public final class ProfileTarget {
    private static final double SECONDS = 8;

    private ProfileTarget() {}

    /** @param args network, fp32 or qat, threads */
    public static void main(String[] args) {
        for (MlperfTinyNetwork network : MlperfTinyNetwork.values()) {
            if (network.id().equals(args[0])) {
                try (TrainingRun run = TrainingRun.of(network, args[1].equals("qat"), Integer.parseInt(args[2]))) {
                    double spent = 0;
                    double best = Double.POSITIVE_INFINITY;
                    while (spent < SECONDS) {
                        double seconds = run.seconds(10);
                        spent += seconds;
                        best = Math.min(best, seconds / 10);
                    }
                    System.out.println(args[0] + " " + args[1] + " " + TrainingRun.BATCH / best + " samples/s at best, "
                            + run.flopsOfStep() / best / 1e9 + " GFLOP/s");
                }
            }
        }
    }
}
