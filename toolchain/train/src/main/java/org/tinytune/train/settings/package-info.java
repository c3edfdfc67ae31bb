/** What settings have in common: ranges that are checked, and names under which a file or an option finds them. */
package org.tinytune.train.settings;
