/*
 * ADD and SUB of two tensors, int8, each with a scale of its own. The second may repeat within a row of the first.
 */
#ifndef TT_ADD_S8_H
#define TT_ADD_S8_H

#include "tt_kernel.h"

typedef struct {
    int rows;
    int row_bytes;
    int input_2_bytes; /* of a row of input 2, a divisor of row_bytes */
    int input_1_ring_rows;
    int input_2_ring_rows;
    int output_ring_rows;
    int input_2_in_flash; /* whether it is a constant, declared TT_FLASH */
    int input_1_sign; /* 1, or -1 if it is subtracted */
    int input_2_sign;
    int input_1_zero_point; /* in [-128, 127] */
    int32_t input_1_multiplier;
    int input_1_shift; /* at most 0 */
    int input_2_zero_point;
    int32_t input_2_multiplier;
    int input_2_shift;
    int output_zero_point;
    int32_t output_multiplier;
    int output_shift;
    int activation_min;
    int activation_max;
} tt_add_params;

/*
 * x * 2^20 rescaled as tt_requantize does it, for x in [-255, 255] and shift <= 0.
 *
 * The high multiply of x * 2^20 is floor((x * multiplier + 2^10) / 2^11). Split into halves of 16 bits, the upper one
 * divides without remainder, so two products of 32 bits are exact.
 */
TT_KERNEL int32_t tt_add_rescale(int x, int32_t multiplier, int shift)
{
#if defined(TT_HAS_PAIRS)
    if (multiplier != INT32_C(1) << 30) { /* where it is, what follows is a shift */
        const int32_t product = tt_rounding_doubling_high_multiply((int32_t)x * (INT32_C(1) << 20), multiplier);
        return tt_rounding_divide_by_power_of_two(product, -shift);
    }
#endif
    const int32_t high = (int32_t)x * (multiplier >> 16);
    const int32_t low = x * (multiplier & INT32_C(0xffff));
    return tt_rounding_divide_by_power_of_two(high * 32 + ((low + 1024) >> 11), -shift);
}

#if defined(TT_HAS_QUADS)
/* Four of tt_add_rescale, less the constant part. */
TT_KERNEL tt_quad tt_add_rescale_quad(const int8_t *x, int zero_point, int32_t multiplier, int shift)
{
    return tt_quad_requantize(tt_quad_shift_left(tt_quad_add(tt_quad_of_s8(x), -zero_point), 20), multiplier, shift);
}

/* Sums of n bytes, a multiple of four. */
TT_KERNEL void tt_add_quads(const tt_add_params *p, const int8_t *in_1, const int8_t *in_2, int8_t *out, int n)
{
    for (int i = 0; i < n; i += 4) {
        const tt_quad x_1 =
            tt_add_rescale_quad(&in_1[i], p->input_1_zero_point, p->input_1_multiplier, p->input_1_shift);
        const tt_quad x_2 =
            tt_add_rescale_quad(&in_2[i], p->input_2_zero_point, p->input_2_multiplier, p->input_2_shift);
        const tt_quad sum = p->input_1_sign < 0 ? tt_quad_difference(x_2, x_1)
            : p->input_2_sign < 0               ? tt_quad_difference(x_1, x_2)
                                                : tt_quad_sum(x_1, x_2);
        tt_quad_output_s8(&out[i], sum, p->output_multiplier, p->output_shift, p->output_zero_point,
                          p->activation_min, p->activation_max);
    }
}
#endif

/* The output of a sum, below 2^29 in magnitude. */
TT_KERNEL int8_t tt_add_output(const tt_add_params *p, int32_t sum)
{
#if defined(TT_HAS_PAIRS)
    if (p->output_shift < 0 && p->output_shift >= -22) { /* so that the rounding is below 2^30 */
        const int half_shift = -p->output_shift - 1;
        const int32_t rounding = tt_rounding(p->output_zero_point, half_shift);
        const int whole = p->activation_min == INT8_MIN && p->activation_max == INT8_MAX;
        const int relu = whole && p->output_zero_point == INT8_MIN;
        const int32_t y = tt_output_of_twice(tt_twice(sum), p->output_multiplier, half_shift, rounding, relu);
        return whole ? (int8_t)y : tt_clamp(y, p->activation_min, p->activation_max);
    }
#endif
    return tt_output_s8(sum, p->output_multiplier, p->output_shift, p->output_zero_point, p->activation_min,
                        p->activation_max);
}

/* Output rows row_begin to row_end - 1. */
TT_KERNEL void tt_add_s8(const tt_add_params *p, const int8_t *input_1, const int8_t *input_2, int8_t *output,
                         int row_begin, int row_end)
{
    for (int y = row_begin; y < row_end; y++) {
        const int8_t *in_1 = input_1 + tt_row(y, p->row_bytes, p->rows, p->input_1_ring_rows);
        const int8_t *in_2 = input_2 + tt_row(y, p->input_2_bytes, p->rows, p->input_2_ring_rows);
        int8_t *out = output + tt_row(y, p->row_bytes, p->rows, p->output_ring_rows);
        for (int begin = 0; begin < p->row_bytes; begin += p->input_2_bytes) {
            int i = 0;
#if defined(TT_HAS_QUADS)
            i = p->input_2_bytes & ~3;
            tt_add_quads(p, in_1, in_2, out, i);
            in_1 += i;
            out += i;
#endif
            for (; i < p->input_2_bytes; i++) {
                const int x_1 = *in_1++ - p->input_1_zero_point;
                const int x_2 = (p->input_2_in_flash ? tt_flash_s8(&in_2[i]) : in_2[i]) - p->input_2_zero_point;
                const int32_t sum = p->input_1_sign * tt_add_rescale(x_1, p->input_1_multiplier, p->input_1_shift)
                    + p->input_2_sign * tt_add_rescale(x_2, p->input_2_multiplier, p->input_2_shift);
                *out++ = tt_add_output(p, sum);
            }
        }
    }
}

#endif
