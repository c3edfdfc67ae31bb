/**
 * Which of the {@linkplain org.tinytune.core.tool.Tools tools} around tinytune this machine has, and how to get the
 * rest.
 */
package org.tinytune.cli.doctor;
