/** What commands that run for long have in common: a folder of results, and an end in good order on Ctrl-C. */
package org.tinytune.cli.run;
