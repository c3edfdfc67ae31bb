/** Data, scripts and models of the examples. */
package org.tinytune.test.examples;
