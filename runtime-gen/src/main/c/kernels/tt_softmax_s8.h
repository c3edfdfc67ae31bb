/*
 * SOFTMAX over the last extent: input and output [H, W, C], int8; the output's scale is 1/256, its zero point -128.
 */
#ifndef TT_SOFTMAX_S8_H
#define TT_SOFTMAX_S8_H

#include "tt_kernel.h"

typedef struct {
    int height;
    int width;
    int channels;
    int input_ring_rows;
    int output_ring_rows;
    int exponentials; /* entries of the table; what lies further below the greatest input contributes 0 */
} tt_softmax_params;

/*
 * 1 / (1 + x), x and the result in Q0.31, by three steps of Newton and Raphson for half the denominator.
 *
 * gemmlowp's one_over_one_plus_x_for_x_in_0_1, step by step; no step but the last can saturate.
 */
TT_SHARED int32_t tt_one_over_one_plus_x(int32_t x)
{
    const int32_t q2_one = INT32_C(1) << 29; /* 1 in Q2.29 */
    const int32_t half_denominator = (int32_t)(((uint32_t)x + (uint32_t)INT32_MAX + 1u) / 2u);
    int32_t quotient = INT32_C(1515870810) /* 48/17 */
        + tt_rounding_doubling_high_multiply(INT32_C(-1010580540) /* -32/17 */, half_denominator);
    for (int i = 0; i < 3; i++) {
        const int32_t error = q2_one - tt_rounding_doubling_high_multiply(half_denominator, quotient);
        quotient += tt_rounding_doubling_high_multiply(error, quotient) * 4;
    }
    return quotient >= INT32_C(1) << 30 ? INT32_MAX : quotient * 2;
}

/* One vector. exponential[d] is exp(-d * beta * input scale) in Q0.31, as gemmlowp computes it. */
TT_KERNEL void tt_softmax_vector_s8(const int8_t *input, const int32_t *exponential, int8_t *output, int channels,
                                    int exponentials)
{
    int max = INT8_MIN;
    for (int c = 0; c < channels; c++) {
        max = input[c] > max ? input[c] : max;
    }

    int32_t sum = 0; /* Q12.19 */
    for (int c = 0; c < channels; c++) {
        const int below = max - input[c];
        if (below < exponentials) {
            sum += tt_rounding_divide_by_power_of_two(tt_flash_s32(&exponential[below]), 12);
        }
    }

    /* 1 / sum is scale * 2^-integer_bits, scale in Q0.31; the greatest input alone makes the sum at least 1. */
    int integer_bits = 12;
    uint32_t fraction = (uint32_t)sum;
    while ((fraction & UINT32_C(0x80000000)) == 0) {
        fraction <<= 1;
        integer_bits--;
    }
    const int32_t scale = tt_one_over_one_plus_x((int32_t)(fraction & UINT32_C(0x7fffffff)));

    for (int c = 0; c < channels; c++) {
        const int below = max - input[c];
        int32_t share = 0; /* in units of 1/256; below 1/2 for all if the sum is 512 or more */
        if (below < exponentials && integer_bits <= 8) {
            share = tt_rounding_doubling_high_multiply(scale, tt_flash_s32(&exponential[below]));
            share = tt_rounding_divide_by_power_of_two(share, integer_bits + 23);
        }
        output[c] = tt_clamp(share - 128, -128, 127);
    }
}

/* Output rows row_begin to row_end - 1. */
TT_KERNEL void tt_softmax_s8(const tt_softmax_params *p, const int8_t *input, const int32_t *exponential,
                             int8_t *output, int row_begin, int row_end)
{
    const int row = p->width * p->channels;

    for (int y = row_begin; y < row_end; y++) {
        const int8_t *in = input + tt_row(y, row, p->height, p->input_ring_rows);
        int8_t *out = output + tt_row(y, row, p->height, p->output_ring_rows);
        for (int x = 0; x < p->width; x++) {
            tt_softmax_vector_s8(in, exponential, out, p->channels, p->exponentials);
            in += p->channels;
            out += p->channels;
        }
    }
}

#endif
