/** The command {@code analyze}: where the time of a model goes. */
package org.tinytune.cli.analyze;
