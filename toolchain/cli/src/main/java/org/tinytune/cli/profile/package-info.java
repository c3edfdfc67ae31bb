/**
 * From an INT8 model to firmware on a board, and to what the board says of it. Commands and the end of a search go
 * through {@link org.tinytune.cli.profile.ProfileRun}.
 */
package org.tinytune.cli.profile;
