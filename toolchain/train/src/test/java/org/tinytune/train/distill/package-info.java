/** Tests of knowledge distillation. */
package org.tinytune.train.distill;
