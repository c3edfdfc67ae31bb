/*
 * The product of 32 by 16 bits in one instruction of the DSP extension.
 */
#ifndef TT_HALF_PRODUCT_DSP_H
#define TT_HALF_PRODUCT_DSP_H

#define TT_HAS_HALF_PRODUCT 1
TT_KERNEL int32_t tt_half_product(int32_t x, int32_t w)
{
    int32_t product;
    __asm__("smulwb %0, %1, %2" : "=r"(product) : "r"(x), "r"(w));
    return product;
}

TT_KERNEL int32_t tt_half_product_add(int32_t acc, int32_t x, int32_t w)
{
    int32_t sum;
    __asm__("smlawb %0, %1, %2, %3" : "=r"(sum) : "r"(x), "r"(w), "r"(acc));
    return sum;
}

/* Bits from the greatest that is set, of x above 0. */
#define TT_HAS_LEADING_ZEROS 1
TT_KERNEL int tt_leading_zeros(uint32_t x)
{
    int zeros;
    __asm__("clz %0, %1" : "=r"(zeros) : "r"(x));
    return zeros;
}

#endif
