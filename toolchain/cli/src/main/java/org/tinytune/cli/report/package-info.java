/** Reports as pages of their own: what they have in common, and what they show of a model. Commands fill them. */
package org.tinytune.cli.report;
