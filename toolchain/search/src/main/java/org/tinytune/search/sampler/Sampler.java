package org.tinytune.search.sampler;

import org.tinytune.search.space.Parameters;

/** Proposes the parameters of the next trial. */
public interface Sampler {

    /**
     * The parameters of trial {@code history.number()}.
     *
     * <p>Must be a function of the history alone: equal histories, equal parameters, on any machine and JDK.
     */
    Parameters sample(History history);

    /**
     * One line with the name and every setting that its proposals depend on; a study is resumed under the same only.
     */
    String describe();
}
