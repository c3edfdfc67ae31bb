/*
 * The wide multiply of requantization from products of 16 by 16 bits, for machines that have no wider one.
 */
#ifndef TT_HIGH_MULTIPLY_16_H
#define TT_HIGH_MULTIPLY_16_H

/*
 * The same as the portable primitive, for b >= 0.
 *
 * With a = ah * 2^16 + al and b likewise, the result is floor of
 * 2 * ah * bh + (ah * bl + al * bh + (al * bl >> 16) + 2^14) / 2^15. The sum in brackets has 33 bits and is halved
 * before its parts are added; the bits below 2^16 of al * bl cannot carry.
 */
#define TT_HAS_HIGH_MULTIPLY 1
TT_SHARED int32_t tt_rounding_doubling_high_multiply(int32_t a, int32_t b)
{
    const int32_t ah = a >> 16;
    const int32_t bh = b >> 16;
    const uint32_t al = (uint32_t)a & 0xffffu;
    const uint32_t bl = (uint32_t)b & 0xffffu;
    const int32_t signed_part = ah * (int32_t)bl;
    const uint32_t unsigned_part = al * (uint32_t)bh + (al * bl >> 16) + 0x4000u;
    const int32_t half = (signed_part >> 1) + (int32_t)(unsigned_part >> 1)
        + (int32_t)((uint32_t)signed_part & unsigned_part & 1u);
    return 2 * ah * bh + (half >> 14);
}

#endif
