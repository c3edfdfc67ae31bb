/**
 * How results are shown: tables for people, JSON for programs, both independent of the locale. Commands use it; it
 * knows none of them.
 */
package org.tinytune.cli.output;
