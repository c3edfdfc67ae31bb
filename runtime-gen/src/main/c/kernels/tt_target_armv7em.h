/*
 * Armv7E-M with the DSP extension (Cortex-M4, M7, M33): two products of 16 bits at a time.
 */
#ifndef TT_TARGET_ARMV7EM_H
#define TT_TARGET_ARMV7EM_H

#include <arm_acle.h>
#include <string.h>

/* Four bytes from any address; one load, because Armv7E-M loads unaligned words. */
TT_KERNEL uint32_t tt_load_s8x4(const int8_t *address)
{
    uint32_t word;
    memcpy(&word, address, sizeof word);
    return word;
}

/* Bytes 0 and 2, each widened to 16 bits. */
TT_KERNEL int16x2_t tt_even_s8x4(uint32_t word)
{
    return __sxtb16((int8x4_t)word);
}

/* Bytes 1 and 3, each widened to 16 bits: the instruction rotates before it widens, but has no intrinsic for that. */
TT_KERNEL int16x2_t tt_odd_s8x4(uint32_t word)
{
    int16x2_t odd;
    __asm__("sxtb16 %0, %1, ror #8" : "=r"(odd) : "r"(word));
    return odd;
}

#define TT_HAS_DOT 1
TT_KERNEL int32_t tt_dot_s8(int32_t acc, const int8_t *x, const int8_t *weights, int n)
{
    for (; n >= 4; n -= 4) {
        const uint32_t a = tt_load_s8x4(x);
        const uint32_t b = tt_load_s8x4(weights);
        acc = __smlad(tt_even_s8x4(a), tt_even_s8x4(b), acc);
        acc = __smlad(tt_odd_s8x4(a), tt_odd_s8x4(b), acc);
        x += 4;
        weights += 4;
    }
    for (; n > 0; n--) {
        acc = (int32_t)((uint32_t)acc + (uint32_t)(*x++ * *weights++));
    }
    return acc;
}

#endif
