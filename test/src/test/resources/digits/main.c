/* Runs the model on every input in the file `inputs`; the file `trace` gets, for each, all that operators compute:
 * operator, number of bytes, bytes; then -1. */
#include "model.h"

#include <stdint.h>
#include <stdio.h>

static FILE *file;

static void put(int32_t value)
{
    fwrite(&value, sizeof value, 1, file);
}

static void trace(uint16_t op, const int8_t *output, uint32_t bytes)
{
    put(op);
    put((int32_t)bytes);
    fwrite(output, 1, bytes, file);
}

int main(void)
{
    FILE *inputs = fopen("inputs", "rb");
    file = fopen("trace", "wb");
    model_set_trace(trace);
    while (fread(model_input(), 1, MODEL_INPUT_BYTES, inputs) == MODEL_INPUT_BYTES) {
        model_invoke();
        put(-1);
    }
    fclose(inputs);
    return fclose(file);
}
