/**
 * External programs: which ones exist, where they come from, and how one is run. Depends on nothing else of the core
 * but its errors.
 */
package org.tinytune.core.tool;
