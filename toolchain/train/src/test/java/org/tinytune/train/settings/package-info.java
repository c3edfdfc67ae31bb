/** Tests of the settings. */
package org.tinytune.train.settings;
