/** Knowledge distillation: a network learns from the outputs of a larger one as well as from labels. */
package org.tinytune.train.distill;
