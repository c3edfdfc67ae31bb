/**
 * Files that appear whole or not at all, and folders that are gone when their work is done. Depends on nothing else of
 * the core.
 */
package org.tinytune.core.file;
