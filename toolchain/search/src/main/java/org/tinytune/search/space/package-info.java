/**
 * What may be varied: distributions, and the ordered, conditional space that they form.
 *
 * <p>Notation: {@code d} is the number of parameters; a point of the <em>unit cube</em> is a {@code double[d]} with
 * coordinates in [0, 1], one a parameter, in the order of the space.
 */
package org.tinytune.search.space;
