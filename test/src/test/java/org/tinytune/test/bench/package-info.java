/** Benchmarks, started by the scripts in {@code test/bench}; no tests. */
package org.tinytune.test.bench;
