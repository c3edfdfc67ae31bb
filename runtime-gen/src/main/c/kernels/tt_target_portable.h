/*
 * The primitives in portable C99: the definition of each, and its code wherever the target has none of its own.
 */
#ifndef TT_TARGET_PORTABLE_H
#define TT_TARGET_PORTABLE_H

#if !defined(TT_HAS_FLASH)
/* Attribute of a constant that stays in flash: here flash is in the address space. */
#define TT_FLASH

/* A byte of a constant that is declared TT_FLASH. */
TT_KERNEL int8_t tt_flash_s8(const int8_t *address)
{
    return *address;
}

/* Two bytes of a constant that is declared TT_FLASH. */
TT_KERNEL int16_t tt_flash_s16(const int16_t *address)
{
    return *address;
}

/* A word of a constant that is declared TT_FLASH. */
TT_KERNEL int32_t tt_flash_s32(const int32_t *address)
{
    return *address;
}
#endif

#if !defined(TT_HAS_DOT)
/*
 * acc + the sum of x[i] * weights[i], i < n, modulo 2^32: an accumulator wraps, as the reference's does. The weights
 * are in flash.
 */
TT_KERNEL int32_t tt_dot_s8(int32_t acc, const int8_t *x, const int8_t *weights, int n)
{
    uint32_t sum = (uint32_t)acc;
    for (int i = 0; i < n; i++) {
        sum += (uint32_t)(x[i] * tt_flash_s8(&weights[i]));
    }
    return (int32_t)sum;
}
#endif

#if !defined(TT_HAS_DOT_WINDOW)
/*
 * The same over a window of one channel of an image: so many rows of n products each. x advances by x_stride within a
 * row, by x_step from one row to the next; the weights of a row lie side by side, weights_step from those of the next.
 */
TT_KERNEL int32_t tt_dot_window_s8(int32_t acc, const int8_t *x, int x_stride, int x_step, const int8_t *weights,
                                   int weights_step, int n, int rows)
{
    uint32_t sum = (uint32_t)acc;
    for (int row = 0; row < rows; row++) {
        for (int i = 0; i < n; i++) {
            sum += (uint32_t)(x[i * x_stride] * tt_flash_s8(&weights[i]));
        }
        x += x_step;
        weights += weights_step;
    }
    return (int32_t)sum;
}
#endif

#if !defined(TT_HAS_HIGH_MULTIPLY)
/*
 * The high 32 bits of 2 * a * b, rounded to nearest, ties up; b >= 0.
 *
 * gemmlowp's SaturatingRoundingDoublingHighMul adds 2^30 to a positive product and 1 - 2^30 to a negative one, and
 * divides by 2^31 towards zero: for both signs that is floor((a * b + 2^30) / 2^31). It saturates for a = b = -2^31
 * alone.
 */
TT_KERNEL int32_t tt_rounding_doubling_high_multiply(int32_t a, int32_t b)
{
    return (int32_t)(((int64_t)a * b + (INT32_C(1) << 30)) >> 31);
}
#endif

#endif
