package org.tinytune.search.sampler;

import java.util.List;
import org.tinytune.search.space.Parameters;

/**
 * What is known to do well goes first, and another sampler goes on from there.
 *
 * @param points the first proposals, in their order
 * @param rest who proposes all that follow; the results of the first are part of its history
 */
public record StartingPoints(List<Parameters> points, Sampler rest) implements Sampler {
    /** Copies the points. */
    public StartingPoints {
        points = List.copyOf(points);
    }

    @Override
    public Parameters sample(History history) {
        return history.number() < points.size() ? points.get(history.number()) : rest.sample(history);
    }

    @Override
    public String describe() {
        return points.isEmpty() ? rest.describe() : rest.describe() + ", from " + points;
    }
}
