/**
 * Studies: which trial comes next, who evaluates it, and what it all comes to.
 *
 * <p>{@link org.tinytune.search.study.Study} is the ask-and-tell bookkeeping and holds the rules that make a study
 * independent of its workers; {@link org.tinytune.search.study.StudyRunner} adds threads, limits and interruption.
 */
package org.tinytune.search.study;
