package org.tinytune.search.sampler;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tinytune.search.trial.FrozenTrial;

/** Writes proposals to a file, to be compared with those of another process: {@code FILE SAMPLER}. */
final class ProposalsMain {
    private static final long SEED = 77;
    private static final int TRIALS = 20;

    private ProposalsMain() {}

    public static void main(String[] args) throws Exception {
        Sampler sampler = Class.forName(args[1])
                .asSubclass(Sampler.class)
                .getDeclaredConstructor()
                .newInstance();
        Files.write(Path.of(args[0]), proposals(sampler), StandardCharsets.UTF_8);
    }

    /** One line a trial; doubles are printed so that different bits are different text. */
    static List<String> proposals(Sampler sampler) {
        return Trials.run(sampler, TestSpaces.MIXED, SEED, TRIALS, Trials::mixed).stream()
                .map(FrozenTrial::parameters)
                .map(Object::toString)
                .toList();
    }
}
