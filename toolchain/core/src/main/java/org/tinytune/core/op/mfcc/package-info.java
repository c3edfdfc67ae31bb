/** The operator {@code MFCC}. */
package org.tinytune.core.op.mfcc;
