/** Benchmarks, started by the scripts in {@code test/bench}, and tests of what some of them measure. */
package org.tinytune.test.bench;
