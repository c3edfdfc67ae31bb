/** The commands under {@code bench}: comparisons that take minutes. */
package org.tinytune.cli.bench;
