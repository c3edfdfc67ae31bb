/** The commands about data sets themselves. */
package org.tinytune.cli.data;
