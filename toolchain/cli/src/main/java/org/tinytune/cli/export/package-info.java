/**
 * A model as a project for somebody else's tool. A new format is a class that implements
 * {@link org.tinytune.cli.export.ProjectFormat}, its texts among the resources, and a line in
 * {@link org.tinytune.cli.export.ProjectFormats}.
 */
package org.tinytune.cli.export;
