/*
 * What kernels share whose activations are int16, beside int8 weights. Zero points are 0, so that padding adds nothing.
 *
 * Sums have 64 bits, or are taken modulo 2^32 where the layer's biases are int32.
 */
#ifndef TT_KERNEL_S16_H
#define TT_KERNEL_S16_H

#include "tt_kernel.h"

/* x clamped to [min, max], a part of the int16 range. */
TT_KERNEL int16_t tt_clamp_s16(int32_t x, int min, int max)
{
    return (int16_t)(x < min ? min : x > max ? max : x);
}

/* acc + x, modulo 2^64. */
TT_KERNEL int64_t tt_add_s64(int64_t acc, int32_t x)
{
    return (int64_t)((uint64_t)acc + (uint64_t)(int64_t)x);
}

/*
 * Rescales an accumulator: acc * multiplier * 2^(shift - 15), rounded once, ties up; the lower 32 bits of that.
 *
 * multiplier: Q0.15, at least 0; shift: in [-31, 7], positive is left.
 */
static inline int32_t tt_requantize_s64(int64_t acc, int32_t multiplier, int shift)
{
    const int right = 15 - shift;
    const uint64_t product = (uint64_t)acc * (uint32_t)multiplier + (UINT64_C(1) << (right - 1));
    return (int32_t)((int64_t)product >> right);
}

/*
 * The output of an accumulator, rescaled and clamped. wide: it has 64 bits, and the multiplier 16; otherwise only its
 * lower 32 bits count, and the multiplier is that of tt_requantize.
 */
TT_KERNEL int16_t tt_output_s16(int64_t acc, int wide, int32_t multiplier, int shift, int min, int max)
{
    if (wide) {
        return tt_clamp_s16(tt_requantize_s64(acc, multiplier, shift), min, max);
    }
    return tt_clamp_s16(tt_requantize((int32_t)(uint32_t)acc, multiplier, shift), min, max);
}

/* The bias of channel c, in flash: a word, or two if some need 64 bits, the lower first. */
TT_KERNEL int64_t tt_bias_s64(const int32_t *bias, int words, int c)
{
    if (words == 1) {
        return tt_flash_s32(&bias[c]);
    }
    const uint64_t high = (uint32_t)tt_flash_s32(&bias[2 * c + 1]);
    return (int64_t)(high << 32 | (uint32_t)tt_flash_s32(&bias[2 * c]));
}

/*
 * acc + the sum of x[i] * weights[i], i < n. The weights are in flash. A product is at most 2^22 in magnitude, so that
 * 256 of them fit 32 bits.
 */
TT_KERNEL int64_t tt_dot_s16(int64_t acc, const int16_t *x, const int8_t *weights, int n)
{
    while (n > 0) {
        const int run = n < 256 ? n : 256;
        int32_t sum = 0;
        for (int i = 0; i < run; i++) {
            sum += (int32_t)x[i] * tt_flash_s8(&weights[i]);
        }
        acc = tt_add_s64(acc, sum);
        x += run;
        weights += run;
        n -= run;
    }
    return acc;
}

#endif
