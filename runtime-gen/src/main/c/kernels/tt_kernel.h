/*
 * What the kernels share: requantization, rows of tensors, and windows that meet a border.
 *
 * Tensors are [H, W, C], one sample, of int8 or int16. A tensor may be held as a ring of its latest rows: row y then lies
 * in slot y mod ring_rows. All parameters are constants where a kernel is inlined, so what a geometry does not need (ring
 * arithmetic of a tensor that is held whole, padding, dilation) leaves no code.
 */
#ifndef TT_KERNEL_H
#define TT_KERNEL_H

#include <stdint.h>

#include "tt_target.h"

/* Where row y of a tensor of so many rows begins, in bytes from the tensor's first. */
TT_KERNEL int tt_row(int y, int row_bytes, int rows, int ring_rows)
{
    return (ring_rows < rows ? y % ring_rows : y) * row_bytes;
}

/* Where the row begins that is so many below the one at `row`, fewer than a ring holds: small cores divide slowly. */
TT_KERNEL int tt_row_below(int row, int below, int row_bytes, int rows, int ring_rows)
{
    const int next = row + below * row_bytes;
    return ring_rows < rows && next >= ring_rows * row_bytes ? next - ring_rows * row_bytes : next;
}

/*
 * The row that a step of a loop over ticks computes: of so many rows, row 0 at tick `first` and each next `period` ticks
 * later; -1 if none is due.
 */
TT_KERNEL int tt_row_due(int tick, int first, int period, int rows)
{
    const int since = tick - first;
    return since >= 0 && since % period == 0 && since / period < rows ? since / period : -1;
}

/* x / 2^exponent, rounded to nearest, ties away from zero; exponent in [0, 32], x above -2^31. */
TT_KERNEL int32_t tt_rounding_divide_by_power_of_two(int32_t x, int exponent)
{
    if (exponent == 0) {
        return x;
    }
    return (((x < 0 ? x - 1 : x) >> (exponent - 1)) + 1) >> 1;
}

/*
 * Rescales an accumulator: acc * multiplier * 2^(shift - 31), rounded twice, in the high multiply and in the right
 * shift. A left shift wraps.
 *
 * multiplier: Q0.31, in [2^30, 2^31) or 0; shift: in [-31, 30], positive is left.
 */
static inline int32_t tt_requantize(int32_t acc, int32_t multiplier, int shift)
{
    if (shift > 0) {
        return tt_rounding_doubling_high_multiply((int32_t)((uint32_t)acc << shift), multiplier);
    }
    return tt_rounding_divide_by_power_of_two(tt_rounding_doubling_high_multiply(acc, multiplier), -shift);
}

/* x clamped to [min, max], a part of the int8 range. */
TT_KERNEL int8_t tt_clamp(int32_t x, int min, int max)
{
    return (int8_t)(x < min ? min : x > max ? max : x);
}

/* The output of an accumulator: rescaled, with the zero point added, modulo 2^32, and clamped. */
TT_KERNEL int8_t tt_output_s8(int32_t acc, int32_t multiplier, int shift, int zero_point, int min, int max)
{
    /* A ReLU: what is not above 0 does not get above it, and need not be rescaled. */
    if (min >= zero_point && acc <= 0 && shift <= 0) {
        return (int8_t)min;
    }
    const uint32_t rescaled = (uint32_t)tt_requantize(acc, multiplier, shift);
    return tt_clamp((int32_t)(rescaled + (uint32_t)(int32_t)zero_point), min, max);
}

/* What makes a right shift by half_shift + 1 round to nearest and add the zero point: (2 * zero point + 1) * 2^half_shift. */
TT_KERNEL int32_t tt_rounding(int zero_point, int half_shift)
{
    return (int32_t)((uint32_t)(2 * zero_point + 1) << half_shift);
}

/*
 * The output of twice an accumulator; rounding is (2 * zero point + 1) * 2^half_shift.
 *
 * An accumulator acc becomes an output by two roundings, as tt_requantize does it: acc * multiplier / 2^31, ties up;
 * then / 2^(half_shift + 1), ties away from zero. With twice the accumulator the first is one instruction. The second
 * is (x - (x < 0) + 2^half_shift) >> (half_shift + 1), to which the zero point is added before the shift; where a ReLU
 * follows, what is below 0 does not count, so the term (x < 0) is left out and the rest is part of the multiply-add.
 * Otherwise (acc < 0) may stand for (x < 0): they differ where x is 0, which becomes the zero point with the term and
 * without.
 */
TT_KERNEL int32_t tt_output_of_twice(int32_t twice, int32_t multiplier, int half_shift, int32_t rounding, int relu)
{
    int32_t x;
    if (relu) {
        x = tt_high_multiply_add(rounding, twice, multiplier);
    } else {
        x = tt_high_multiply_add(0, twice, multiplier);
        x += (x >> 31) + rounding;
    }
    return tt_halve_to_s8(x >> half_shift);
}

TT_KERNEL int32_t tt_twice(int32_t acc)
{
    return (int32_t)((uint32_t)acc << 1);
}

/* The taps of a window along one extent that fall inside the input: begin to end - 1. */
typedef struct {
    int begin;
    int end;
} tt_taps;

/* Of so many taps, the first on element `first` of the input and each next `dilation` further; the input has `size`. */
TT_KERNEL tt_taps tt_taps_inside(int first, int dilation, int taps, int size)
{
    const int begin = first < 0 ? (dilation - 1 - first) / dilation : 0;
    const int end = (size - first + dilation - 1) / dilation;
    const tt_taps inside = {begin, end < taps ? end : taps};
    return inside;
}

/*
 * acc + zero_point times the sum of the weights of so many rows of n taps each, which see padding; modulo 2^32. The
 * zero point of the input is folded into the bias for all taps alike, so that these have to put it back.
 */
TT_SHARED int32_t tt_padding_s8(int32_t acc, int zero_point, const int8_t *weights, int weights_step, int n, int rows)
{
    int32_t sum = 0;
    for (; rows > 0; rows--) {
        for (int i = 0; i < n; i++) {
            sum += tt_flash_s8(&weights[i]);
        }
        weights += weights_step;
    }
    return (int32_t)((uint32_t)acc + (uint32_t)sum * (uint32_t)(int32_t)zero_point);
}

#endif
