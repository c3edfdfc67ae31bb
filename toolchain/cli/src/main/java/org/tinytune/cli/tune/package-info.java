/** The command {@code tune-kernels}: the kernel variants that serve a model best on a board. */
package org.tinytune.cli.tune;
