/**
 * Samplers: which parameters to try next.
 *
 * <p>A sampler is a function of the space, the history that it may see, and a random stream; it keeps no state between
 * trials, so that a resumed study goes on as if it had never been interrupted.
 */
package org.tinytune.search.sampler;
