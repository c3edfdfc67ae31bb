/*
 * Armv6-M (Cortex-M0, M0+): products of 32 bits only.
 */
#ifndef TT_TARGET_ARMV6M_H
#define TT_TARGET_ARMV6M_H

#include "tt_high_multiply_16.h"

#endif
