/**
 * The operators: one package each, listed in one registry, and what they share: the arithmetic of shapes and windows,
 * and the parts that training kernels are made of.
 *
 * <p>Operators do not know each other, and outside these packages nobody names a concrete one except the registry and
 * those that put graphs together. Depends on {@code graph} and what that depends on.
 */
package org.tinytune.core.op;
