/**
 * The operators: one package each, listed in one registry, and the arithmetic of shapes that they share.
 *
 * <p>Operators do not know each other, and outside these packages nobody names a concrete one except the registry and
 * those that put graphs together. Depends on {@code graph} and what that depends on.
 */
package org.tinytune.core.op;
