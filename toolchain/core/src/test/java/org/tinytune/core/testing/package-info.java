/** What tests of this and other modules share: seeded random graphs and the runs of single nodes. */
package org.tinytune.core.testing;
