/** Models of other origin: what they are, and how they become models of ours. */
package org.tinytune.cli.imports;
