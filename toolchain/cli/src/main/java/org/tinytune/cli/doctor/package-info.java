/**
 * Which of the tools around tinytune this machine has, and how to get the rest.
 *
 * <p>A {@link org.tinytune.cli.doctor.Tool} is a row of {@link org.tinytune.cli.doctor.ToolCatalogue}; a
 * {@link org.tinytune.cli.doctor.Probe} finds it; {@link org.tinytune.cli.doctor.AptGet} installs what is missing.
 */
package org.tinytune.cli.doctor;
