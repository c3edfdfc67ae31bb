package org.tinytune.search.sampler;

import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.tinytune.search.space.CategoricalDistribution;
import org.tinytune.search.space.Distribution;
import org.tinytune.search.space.FloatDistribution;
import org.tinytune.search.space.IntDistribution;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.space.SearchSpace;

/**
 * Finds parameters that no trial had where random points do not find them any more: in a space whose values are nearly
 * used up, or have been but for the unlikely ones.
 *
 * <p>It walks through the space value by value, from a random one on, and so has found one or seen all after at most
 * one set of parameters more than are known.
 */
final class UntriedParameters {
    private final SearchSpace space;
    private final Set<Parameters> known;
    private final SplittableRandom random;
    private final double[] unit;

    private UntriedParameters(SearchSpace space, Set<Parameters> known, SplittableRandom random) {
        this.space = space;
        this.known = known;
        this.random = random;
        this.unit = new double[space.size()];
    }

    /**
     * Parameters that are not known.
     *
     * @return empty if there are none
     */
    static Optional<Parameters> find(SearchSpace space, Set<Parameters> known, SplittableRandom random) {
        return new UntriedParameters(space, known, random).find(0);
    }

    /** With the coordinates before {@code axis} as they are. */
    private Optional<Parameters> find(int axis) {
        Parameters parameters = space.decode(unit);
        if (axis == unit.length) {
            return known.contains(parameters) ? Optional.empty() : Optional.of(parameters);
        }
        if (!parameters.has(space.names().get(axis))) {
            return find(axis + 1);
        }
        Distribution distribution = space.distribution(axis);
        long count = count(distribution);
        long first = random.nextLong(count);
        for (long i = 0; i < count; i++) {
            unit[axis] = coordinate(distribution, (first + i) % count);
            Optional<Parameters> found = find(axis + 1);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** How many values there are; of real numbers, more than are known. */
    private long count(Distribution distribution) {
        if (distribution instanceof IntDistribution ints) {
            return ((long) ints.high() - ints.low()) / ints.step() + 1;
        }
        if (distribution instanceof CategoricalDistribution categories) {
            return categories.choices().size();
        }
        FloatDistribution floats = (FloatDistribution) distribution;
        return floats.low() == floats.high() ? 1 : known.size() + 1L;
    }

    private double coordinate(Distribution distribution, long index) {
        if (distribution instanceof IntDistribution ints) {
            return ints.encode(Math.toIntExact(ints.low() + index * ints.step()));
        }
        if (distribution instanceof CategoricalDistribution categories) {
            return categories.encode(categories.choices().get((int) index));
        }
        return random.nextDouble();
    }
}
