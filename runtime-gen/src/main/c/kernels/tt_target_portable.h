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

#if !defined(TT_HAS_HALF_PRODUCT)
/* Half of x times w in Q15: x * w / 2^16, rounded down; w in [-2^15, 2^15). */
TT_KERNEL int32_t tt_half_product(int32_t x, int32_t w)
{
    return (int32_t)((int64_t)x * w >> 16);
}

/* acc + the same; the sum fits 32 bits. */
TT_KERNEL int32_t tt_half_product_add(int32_t acc, int32_t x, int32_t w)
{
    return acc + tt_half_product(x, w);
}
#endif

#if !defined(TT_HAS_LEADING_ZEROS)
/* How many bits lie above the greatest that is set; x above 0. */
TT_KERNEL int tt_leading_zeros(uint32_t x)
{
    int zeros = 0;
    for (int bits = 16; bits > 0; bits >>= 1) {
        if (x >> (32 - bits) == 0) {
            zeros += bits;
            x <<= bits;
        }
    }
    return zeros;
}
#endif

#if !defined(TT_HAS_PAIRS)
/* Four bytes from any address; the first is the lowest. */
TT_KERNEL uint32_t tt_load_s8x4(const int8_t *address)
{
    return (uint32_t)(uint8_t)address[0] | (uint32_t)(uint8_t)address[1] << 8 | (uint32_t)(uint8_t)address[2] << 16
        | (uint32_t)(uint8_t)address[3] << 24;
}

/* Bytes 0 and 2, each widened to 16 bits: a pair. */
TT_KERNEL uint32_t tt_even_s8x4(uint32_t word)
{
    const uint32_t bytes = word & UINT32_C(0x00ff00ff);
    return bytes | (bytes & UINT32_C(0x00800080)) * 0x1fe;
}

/* Bytes 1 and 3, each widened to 16 bits. */
TT_KERNEL uint32_t tt_odd_s8x4(uint32_t word)
{
    return tt_even_s8x4(word >> 8);
}

/* acc + the product of the lower halves + that of the upper ones, modulo 2^32. */
TT_KERNEL int32_t tt_dot_s16x2(int32_t acc, uint32_t x, uint32_t y)
{
    const int32_t low = (int32_t)(int16_t)(uint16_t)x * (int16_t)(uint16_t)y;
    const int32_t high = (int32_t)(int16_t)(uint16_t)(x >> 16) * (int16_t)(uint16_t)(y >> 16);
    return (int32_t)((uint32_t)acc + (uint32_t)low + (uint32_t)high);
}

/* acc + the product of the lower halves, modulo 2^32. */
TT_KERNEL int32_t tt_low_times_low(int32_t acc, uint32_t x, uint32_t y)
{
    const int32_t product = (int32_t)(int16_t)(uint16_t)x * (int16_t)(uint16_t)y;
    return (int32_t)((uint32_t)acc + (uint32_t)product);
}

/* acc + the product of the upper halves, modulo 2^32. */
TT_KERNEL int32_t tt_high_times_high(int32_t acc, uint32_t x, uint32_t y)
{
    return tt_low_times_low(acc, x >> 16, y >> 16);
}

/* acc + a * b / 2^32, rounded to nearest, ties up; the sum fits 32 bits. */
TT_KERNEL int32_t tt_high_multiply_add(int32_t acc, int32_t a, int32_t b)
{
    return acc + (int32_t)(((int64_t)a * b + INT64_C(0x80000000)) >> 32);
}

/* floor(x / 2), saturated to int8. */
TT_KERNEL int32_t tt_halve_to_s8(int32_t x)
{
    const int32_t half = x >> 1;
    return half < INT8_MIN ? INT8_MIN : half > INT8_MAX ? INT8_MAX : half;
}

/* The lower halves of two pairs as one, that of x low. */
TT_KERNEL uint32_t tt_low_halves(uint32_t x, uint32_t y)
{
    return (x & UINT32_C(0xffff)) | y << 16;
}

/* The upper halves. */
TT_KERNEL uint32_t tt_high_halves(uint32_t x, uint32_t y)
{
    return x >> 16 | (y & UINT32_C(0xffff0000));
}
#endif

/* Of nine words bytes 0 and 2, with odd 1 and 3, each widened to 16 bits. */
TT_KERNEL void tt_widen_9(uint32_t *to, const int32_t *from, int odd)
{
    TT_UNROLL_9
    for (int i = 0; i < 9; i++) {
        to[i] = odd ? tt_odd_s8x4((uint32_t)from[i]) : tt_even_s8x4((uint32_t)from[i]);
    }
}

#if !defined(TT_HAS_COLUMNS)
/* Of a column of the stripe at x, rows 0 and 1 of the first channel, of the second, and row 2 of both. */
typedef struct {
    uint32_t first;
    uint32_t second;
    uint32_t row_2;
} tt_column;

TT_KERNEL tt_column tt_column_at(const tt_stripe *s, int x, int odd)
{
    uint32_t row[3];
    for (int r = 0; r < 3; r++) {
        const uint32_t word = tt_load_s8x4(s->row[r] + x);
        row[r] = odd ? tt_odd_s8x4(word) : tt_even_s8x4(word);
    }
    const tt_column column = {tt_low_halves(row[0], row[1]), tt_high_halves(row[0], row[1]), row[2]};
    return column;
}

/* Adds a column's products to the sums of the window of which it is column k. */
TT_KERNEL void tt_add_column(const tt_stripe *s, tt_column column, int k, int32_t *first, int32_t *second)
{
    const uint32_t *w = &s->weights[3 * k];
    *first = tt_low_times_low(tt_dot_s16x2(*first, column.first, w[0]), column.row_2, w[2]);
    *second = tt_high_times_high(tt_dot_s16x2(*second, column.second, w[1]), column.row_2, w[2]);
}

/*
 * A column that is the last of one window, the middle of the next, and the first of the one after, whose sums are
 * first_2, first_1 and first_0, and of the second channel second_2 and so on. odd: of channels 1 and 3, not 0 and 2.
 */
TT_KERNEL void tt_column_of_3(const tt_stripe *s, int x, int odd, int32_t *first_2, int32_t *first_1, int32_t *first_0,
                              int32_t *second_2, int32_t *second_1, int32_t *second_0)
{
    const tt_column column = tt_column_at(s, x, odd);
    tt_add_column(s, column, 2, first_2, second_2);
    tt_add_column(s, column, 1, first_1, second_1);
    tt_add_column(s, column, 0, first_0, second_0);
}

/* A column that is the last of one window and the first of another. */
TT_KERNEL void tt_column_of_2(const tt_stripe *s, int x, int odd, int32_t *first_2, int32_t *first_0,
                              int32_t *second_2, int32_t *second_0)
{
    const tt_column column = tt_column_at(s, x, odd);
    tt_add_column(s, column, 2, first_2, second_2);
    tt_add_column(s, column, 0, first_0, second_0);
}

/* A column that is the middle of a window. */
TT_KERNEL void tt_column_of_1(const tt_stripe *s, int x, int odd, int32_t *first_1, int32_t *second_1)
{
    tt_add_column(s, tt_column_at(s, x, odd), 1, first_1, second_1);
}
#endif

/*
 * Adds the products of four channels at two positions; for four taps each, x has four words: the first pair at a, at b,
 * the second at a, at b. For each pair weights has two words of two channels, see tt_pairs.h; gives where they end.
 */
TT_KERNEL const int32_t *tt_dot_4x2(tt_sums *s, const tt_pair *x, const tt_pair *end, const int32_t *weights)
{
    for (; x != end; x += 2) {
        for (int c = 0; c < 4; c += 2) {
            const uint32_t mixed = (uint32_t)*weights++;
            const uint32_t first = tt_even_s8x4(mixed);
            s->a[c] = tt_dot_s16x2(s->a[c], x[0], first);
            s->b[c] = tt_dot_s16x2(s->b[c], x[1], first);
            s->a[c + 1] = tt_dot_s16x2(s->a[c + 1], x[0], mixed);
            s->b[c + 1] = tt_dot_s16x2(s->b[c + 1], x[1], mixed);
        }
    }
    return weights;
}

#if !defined(TT_HAS_DOT_4X1)
/* The same at position a alone, whose taps are still bytes, a multiple of four and not none. */
TT_KERNEL const int32_t *tt_dot_4x1(tt_sums *s, const int8_t *x, const int8_t *end, const int32_t *weights)
{
    for (; x != end; x += 4) {
        const uint32_t word = tt_load_s8x4(x);
        for (int c = 0; c < 8; c += 2) {
            const uint32_t pair = c < 4 ? tt_even_s8x4(word) : tt_odd_s8x4(word);
            const uint32_t mixed = (uint32_t)*weights++;
            s->a[c % 4] = tt_dot_s16x2(s->a[c % 4], pair, tt_even_s8x4(mixed));
            s->a[c % 4 + 1] = tt_dot_s16x2(s->a[c % 4 + 1], pair, mixed);
        }
    }
    return weights;
}
#endif

#if !defined(TT_HAS_SCALE)
/* Whether an output should be found to be what a ReLU makes 0 before it is scaled: pays where scale is slow. */
#define TT_RELU_FIRST 0

/* acc * multiplier / 2^31, rounded to nearest, ties up; acc below 2^30 in magnitude. */
TT_KERNEL int32_t tt_scale(int32_t acc, int32_t multiplier)
{
    return tt_high_multiply_add(0, (int32_t)((uint32_t)acc << 1), multiplier);
}
#endif

/* A weight of a block, see tt_blocks.h. */
TT_KERNEL int32_t tt_block_weight(const int8_t *weight)
{
#if defined(TT_TARGET_ARMV6M)
    return (uint8_t)*weight - 128;
#else
    return *weight;
#endif
}

#if !defined(TT_HAS_BLOCKS)
/* The bytes of a patch that two taps take. */
#define TT_PATCH_BYTES 4

/* Makes the patch of two positions, of so many times two taps; gives where it ends. */
TT_SHARED int8_t *tt_pack_2(int8_t *patch, const int8_t *a, const int8_t *b, int taps_2)
{
    for (int taps = 2 * taps_2; taps > 0; taps--) {
        *patch++ = *a++;
        *patch++ = *b++;
    }
    return patch;
}

/* Adds the products of a tap, which sees x_a and x_b. */
TT_KERNEL void tt_tap_4x2(int32_t x_a, int32_t x_b, const int8_t *weights, int32_t *a0, int32_t *a1, int32_t *a2,
                          int32_t *a3, int32_t *b0, int32_t *b1, int32_t *b2, int32_t *b3)
{
    int32_t w = tt_block_weight(&weights[0]);
    *a0 += w * x_a;
    *b0 += w * x_b;
    w = tt_block_weight(&weights[1]);
    *a1 += w * x_a;
    *b1 += w * x_b;
    w = tt_block_weight(&weights[2]);
    *a2 += w * x_a;
    *b2 += w * x_b;
    w = tt_block_weight(&weights[3]);
    *a3 += w * x_a;
    *b3 += w * x_b;
}

/* The sums of four channels over a patch. They fit: the exporter sees to it. */
TT_KERNEL void tt_block_4x2(tt_sums *s, const int8_t *patch, int taps_2, const int8_t *weights)
{
    int32_t a0 = 0, a1 = 0, a2 = 0, a3 = 0;
    int32_t b0 = 0, b1 = 0, b2 = 0, b3 = 0;
    for (int steps = taps_2 >> 1; steps > 0; steps--) {
        tt_tap_4x2(patch[0], patch[1], weights, &a0, &a1, &a2, &a3, &b0, &b1, &b2, &b3);
        tt_tap_4x2(patch[2], patch[3], weights + 4, &a0, &a1, &a2, &a3, &b0, &b1, &b2, &b3);
        tt_tap_4x2(patch[4], patch[5], weights + 8, &a0, &a1, &a2, &a3, &b0, &b1, &b2, &b3);
        tt_tap_4x2(patch[6], patch[7], weights + 12, &a0, &a1, &a2, &a3, &b0, &b1, &b2, &b3);
        patch += 8;
        weights += 16;
    }
    if (taps_2 & 1) {
        tt_tap_4x2(patch[0], patch[1], weights, &a0, &a1, &a2, &a3, &b0, &b1, &b2, &b3);
        tt_tap_4x2(patch[2], patch[3], weights + 4, &a0, &a1, &a2, &a3, &b0, &b1, &b2, &b3);
    }
    const tt_sums sums = {{a0, a1, a2, a3}, {b0, b1, b2, b3}};
    *s = sums;
}

/* Adds the products of a tap of four channels. */
TT_KERNEL void tt_tap_4x1(int32_t x, const int8_t *weights, int32_t *s0, int32_t *s1, int32_t *s2, int32_t *s3)
{
    *s0 += tt_block_weight(&weights[0]) * x;
    *s1 += tt_block_weight(&weights[1]) * x;
    *s2 += tt_block_weight(&weights[2]) * x;
    *s3 += tt_block_weight(&weights[3]) * x;
}

/* The sums of four channels at one position, whose n taps lie side by side, from `start` on. */
TT_KERNEL void tt_block_4x1(int32_t *sums, const int8_t *x, int n, const int8_t *weights, int32_t start)
{
    int32_t s0 = start, s1 = start, s2 = start, s3 = start;
    for (; n >= 2; n -= 2) {
        tt_tap_4x1(x[0], weights, &s0, &s1, &s2, &s3);
        tt_tap_4x1(x[1], weights + 4, &s0, &s1, &s2, &s3);
        x += 2;
        weights += 8;
    }
    if (n > 0) {
        tt_tap_4x1(x[0], weights, &s0, &s1, &s2, &s3);
    }
    sums[0] = s0;
    sums[1] = s1;
    sums[2] = s2;
    sums[3] = s3;
}

/* The same of eight channels, whose weights of one tap lie side by side, from their biases and `start` on. */
TT_KERNEL void tt_rows_8(int32_t *sums, const int32_t *bias, int32_t start, const int8_t *x, int n,
                         const int8_t *weights)
{
    int32_t s0 = bias[0] + start, s1 = bias[1] + start, s2 = bias[2] + start, s3 = bias[3] + start;
    int32_t s4 = bias[4] + start, s5 = bias[5] + start, s6 = bias[6] + start, s7 = bias[7] + start;
    for (; n > 0; n--) {
        const int32_t tap = *x++;
        tt_tap_4x1(tap, weights, &s0, &s1, &s2, &s3);
        tt_tap_4x1(tap, weights + 4, &s4, &s5, &s6, &s7);
        weights += 8;
    }
    sums[0] = s0;
    sums[1] = s1;
    sums[2] = s2;
    sums[3] = s3;
    sums[4] = s4;
    sums[5] = s5;
    sums[6] = s6;
    sums[7] = s7;
}

/* Where the sums of tt_block_4x1 and tt_rows_8 have to start. */
TT_KERNEL int32_t tt_block_start(const int8_t *x, int n)
{
    (void)x;
    (void)n;
    return 0;
}
#endif

#endif
