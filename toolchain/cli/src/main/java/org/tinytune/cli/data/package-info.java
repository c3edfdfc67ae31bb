/** Commands that look at data. */
package org.tinytune.cli.data;
