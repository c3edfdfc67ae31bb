/**
 * Boards as data: one TOML file each, read strictly into records. Depends on nothing else of the core but its errors.
 */
package org.tinytune.core.board;
