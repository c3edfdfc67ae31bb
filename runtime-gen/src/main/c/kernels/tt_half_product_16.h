/*
 * The product of 32 by 16 bits from products of 16 by 16 bits, for machines that have no wider one.
 */
#ifndef TT_HALF_PRODUCT_16_H
#define TT_HALF_PRODUCT_16_H

/* The same as the portable primitive: of x = xh * 2^16 + xl, xh * w + floor(xl * w / 2^16). */
#define TT_HAS_HALF_PRODUCT 1
TT_KERNEL int32_t tt_half_product(int32_t x, int32_t w)
{
    const int32_t xh = x >> 16;
    const int32_t xl = (int32_t)((uint32_t)x & 0xffffu);
    return xh * w + (xl * w >> 16);
}

TT_KERNEL int32_t tt_half_product_add(int32_t acc, int32_t x, int32_t w)
{
    return acc + tt_half_product(x, w);
}

#endif
