package org.tinytune.nas;

import java.util.SplittableRandom;
import java.util.TreeMap;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.tensor.Shape;
import org.tinytune.search.space.Parameters;
import org.tinytune.train.Trainer;

/** Networks of a space, drawn uniformly from a seed. */
final class RandomNetworks {
    static final Metadata METADATA =
            new Metadata("model", "", SyntheticData.LABELS, InputEncoding.IDENTITY, new TreeMap<>());

    private RandomNetworks() {}

    /** The parameters at a random point of the space. */
    static Parameters parameters(NetworkSpace space, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] unit = new double[space.searchSpace().size()];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = random.nextDouble();
        }
        return space.searchSpace().decode(unit);
    }

    /** The INT8 graph of a random network for inputs of a shape. */
    static Graph skeleton(Shape input, long seed) {
        return skeleton(input, seed, 0);
    }

    /** The same with other weights. */
    static Graph skeleton(Shape input, long seed, long weightSeed) {
        NetworkSpace space = NetworkSpace.forInput(input);
        NetworkSpec spec = space.network(parameters(space, seed));
        return Trainer.skeleton(NetworkBuilder.build(spec, input, METADATA), weightSeed);
    }
}
