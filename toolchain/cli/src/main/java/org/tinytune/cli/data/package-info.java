/** Commands that look at data sets. */
package org.tinytune.cli.data;
