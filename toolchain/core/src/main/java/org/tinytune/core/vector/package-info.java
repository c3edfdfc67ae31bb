/**
 * The floating-point loops of training: one interface, {@link org.tinytune.core.vector.VectorMath}, one implementation
 * on the Java Vector API and one in plain Java, which give the same bytes.
 *
 * <p>The same bytes follow from three rules. Every output is a chain of its own, in an order that the interface states,
 * so lanes hold different outputs and never parts of one. A multiply-add is always fused and rounds once. Nothing but
 * additions, products, quotients, roots, comparisons and fused multiply-adds is used, all of which IEEE 754 defines to
 * the last bit.
 *
 * <p>Notation: {@code x[o + i]} for an array and an offset; a <em>channel</em> is the innermost extent; a <em>row</em>
 * is all channels of one pixel or sample. Depends on nothing else.
 */
package org.tinytune.core.vector;
