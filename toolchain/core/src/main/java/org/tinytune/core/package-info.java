/**
 * The root of the core: what every module shares in failing.
 *
 * <p>Packages below, each depending only on those to its left: {@code tensor, vector ← quant ← graph ← op ← plan, cost
 * ← sim}; {@code board} stands alone.
 */
package org.tinytune.core;
