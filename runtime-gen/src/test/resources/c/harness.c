#include "harness.h"

static void put_number(uint32_t value)
{
    char digits[10];
    uint8_t n = 0;
    do {
        digits[n++] = (char)('0' + value % 10u);
        value /= 10u;
    } while (value != 0u);
    while (n > 0u) {
        harness_put(digits[--n]);
    }
}

void harness_fill(uint16_t pattern, int8_t *input, uint32_t input_bytes)
{
    uint32_t state = pattern;
    for (uint32_t i = 0; i < input_bytes; i++) {
        if (pattern < 2u) {
            input[i] = pattern == 0u ? -128 : 127;
        } else {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            input[i] = (int8_t)(uint8_t)state;
        }
    }
}

void harness_run(uint16_t number, uint16_t pattern, void (*invoke)(void), uint32_t (*crc)(int op), int operators)
{
    put_number(number);
    harness_put('/');
    put_number(pattern);
    invoke();
    for (int op = 0; op < operators; op++) {
        harness_put(' ');
        put_number((uint32_t)op);
        harness_put(':');
        put_number(crc(op));
    }
    harness_put('\n');
}
