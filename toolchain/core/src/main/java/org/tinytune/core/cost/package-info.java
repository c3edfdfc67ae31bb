/**
 * What a model costs on a board, before anything is trained or flashed. Memory is the planner's to say.
 *
 * <p>Depends on {@code graph} and {@code board}.
 */
package org.tinytune.core.cost;
