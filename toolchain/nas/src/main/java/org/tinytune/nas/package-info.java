/**
 * From a search space to a model that fits a board: which networks there are, what each costs, and how good it gets.
 *
 * <p>{@code search} proposes parameters and knows no network; {@code train} trains a graph and knows no board. This
 * package joins them: a {@link org.tinytune.nas.NetworkSpace} turns parameters into a
 * {@link org.tinytune.nas.NetworkSpec}, the {@link org.tinytune.nas.FitCheck} says before the first epoch whether it
 * fits, and the {@link org.tinytune.nas.TrialObjective} trains and scores what does.
 */
package org.tinytune.nas;
