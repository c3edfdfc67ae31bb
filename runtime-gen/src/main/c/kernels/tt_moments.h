/*
 * Sums over a frame and their quotients, for cores that divide slowly or not at all: divisions are of 32 bits by 16, or
 * bit by bit, a few a frame.
 */
#ifndef TT_MOMENTS_H
#define TT_MOMENTS_H

#include "tt_kernel_s16.h"

/* The greatest quotient. */
#define TT_QUOTIENT_MAX UINT32_C(0xffff)

/* floor(x / n), of x below n * 2^32 and n below 2^16. */
TT_SHARED uint32_t tt_divide_by_count(uint64_t x, uint16_t n)
{
    const uint32_t low = (uint32_t)x;
    uint32_t rest = (uint32_t)(x >> 32) << 16 | low >> 16;
    const uint32_t quotient = rest / n;
    rest = (rest - quotient * n) << 16 | (low & UINT32_C(0xffff));
    return quotient << 16 | rest / n;
}

/* value * 2^-shift; value in [2^30, 2^32), or 0, and shift even. */
typedef struct {
    uint32_t value;
    int shift;
} tt_scaled_mean;

/* sum / n, rounded down; sum at most n * 2^30, and n at most 2^14. */
TT_SHARED tt_scaled_mean tt_mean_of(uint64_t sum, uint16_t n)
{
    tt_scaled_mean mean = {0, 0};
    if (sum != 0) {
        while (sum < (uint64_t)n << 30) {
            sum <<= 2;
            mean.shift += 2;
        }
        mean.value = tt_divide_by_count(sum, n);
    }
    return mean;
}

/* The square root of x in [2^30, 2^32) or 0, to the nearest, at most 2^16 - 1: a bit a step, as on paper. */
TT_SHARED uint32_t tt_root(uint32_t x)
{
    uint32_t root = 0;
    for (uint32_t bit = UINT32_C(1) << 30; bit != 0; bit >>= 2) {
        const uint32_t trial = root + bit;
        root >>= 1;
        if (x >= trial) {
            x -= trial;
            root += bit;
        }
    }
    return x > root && root < UINT32_C(0xffff) ? root + 1 : root;
}

/* The upper half of x, to the nearest, at most 2^16 - 1. */
TT_KERNEL uint32_t tt_upper_half(uint32_t x)
{
    const uint32_t half = (x >> 16) + (x >> 15 & 1);
    return half > UINT32_C(0xffff) ? UINT32_C(0xffff) : half;
}

/* x * 2^shift / y, to the nearest, ties up, at most TT_QUOTIENT_MAX; y above 0. */
TT_SHARED uint32_t tt_quotient(uint32_t x, uint32_t y, int shift)
{
    if (x == 0) {
        return 0;
    }
    for (; x >> 31 == 0; x <<= 1) {
        shift--;
    }
    for (; y >> 31 == 0; y <<= 1) {
        shift++;
    }
    if (shift > 16) {
        return TT_QUOTIENT_MAX;
    }
    if (shift < -1) {
        return 0;
    }
    uint32_t quotient = x >= y;
    uint32_t rest = quotient != 0 ? x - y : x;
    for (; shift >= 0; shift--) {
        const uint32_t carry = rest >> 31;
        rest <<= 1;
        quotient <<= 1;
        if (carry != 0 || rest >= y) {
            rest -= y;
            quotient |= 1;
        }
    }
    quotient = (quotient + 1) >> 1;
    return quotient > TT_QUOTIENT_MAX ? TT_QUOTIENT_MAX : quotient;
}

/* The mean of a frame, and the shift that makes 16 bits of what its values deviate from it by. */
typedef struct {
    int32_t mean;
    int32_t half; /* of what the shift divides by */
    int shift;
} tt_center;

/* Of n values in [-2^29, 2^29], at most 2^14 of them. */
TT_SHARED tt_center tt_center_of(int64_t sum, int32_t least, int32_t greatest, uint16_t n)
{
    const int64_t raised = sum + ((int64_t)n << 29) + n / 2;
    const int32_t mean = (int32_t)tt_divide_by_count((uint64_t)raised, n) - (INT32_C(1) << 29);
    const int32_t farthest = greatest - mean > mean - least ? greatest - mean : mean - least;
    tt_center center = {mean, 0, 0};
    while ((farthest + center.half) >> center.shift > INT16_MAX) {
        center.half = INT32_C(1) << center.shift;
        center.shift++;
    }
    return center;
}

/* What differs so much from the mean, as a multiple of 2^shift. */
TT_KERNEL int32_t tt_deviation(const tt_center *center, int32_t difference)
{
    return (difference + center->half) >> center->shift;
}

/* Sums of the powers of deviations: second exactly, third of 2^-15, fourth of 2^-30. */
typedef struct {
    uint64_t second;
    int64_t third;
    uint64_t fourth;
} tt_power_sums;

TT_KERNEL void tt_add_powers(tt_power_sums *sums, int32_t deviation)
{
    const int32_t square = deviation * deviation;
    const int32_t rounded = (square + 0x4000) >> 15;
    sums->second += (uint32_t)square;
    sums->third += rounded * deviation;
    sums->fourth += (uint32_t)(rounded * rounded);
}

/* The third standardized moment in Q8, saturated to int16; 0 where nothing deviates. */
TT_SHARED int16_t tt_skewness(const tt_power_sums *sums, uint16_t n)
{
    const tt_scaled_mean variance = tt_mean_of(sums->second, n);
    if (variance.value == 0) {
        return 0;
    }
    const int negative = sums->third < 0;
    const tt_scaled_mean third = tt_mean_of((uint64_t)(negative ? -sums->third : sums->third), n);
    const uint32_t cubed = tt_upper_half(variance.value) * tt_root(variance.value);
    const int power = 15 - 16 + 8 + variance.shift + variance.shift / 2 - third.shift;
    const int32_t ratio = (int32_t)tt_quotient(third.value, cubed, power);
    return tt_clamp_s16(negative ? -ratio : ratio, INT16_MIN, INT16_MAX);
}

/* The fourth standardized moment less 3, in Q8, saturated to int16; 0 where nothing deviates. */
TT_SHARED int16_t tt_kurtosis(const tt_power_sums *sums, uint16_t n)
{
    const tt_scaled_mean variance = tt_mean_of(sums->second, n);
    if (variance.value == 0) {
        return 0;
    }
    const tt_scaled_mean fourth = tt_mean_of(sums->fourth, n);
    const uint32_t squared = tt_upper_half(variance.value) * tt_upper_half(variance.value);
    const int power = 30 - 32 + 8 + 2 * variance.shift - fourth.shift;
    return tt_clamp_s16((int32_t)tt_quotient(fourth.value, squared, power) - 3 * 256, INT16_MIN, INT16_MAX);
}

#endif
