# SPDX-License-Identifier: Apache-2.0
#
# Builds for a Cortex-M core with GCC:
#
#   cmake -B build -DCMAKE_TOOLCHAIN_FILE=cmake/arm-none-eabi.cmake -DCPU=cortex-m4
#
# The example prints by semihosting; it has yet to be given the start-up code and linker script of a board.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR arm)

set(CPU "@cpu@" CACHE STRING "The core, as GCC's -mcpu calls it")
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES CPU)

set(CMAKE_C_COMPILER arm-none-eabi-gcc)
set(CMAKE_AR arm-none-eabi-gcc-ar)
set(CMAKE_RANLIB arm-none-eabi-gcc-ranlib)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

# Vector registers (Helium) come with the ABI that has floating-point registers.
if(CPU MATCHES "^cortex-m(55|85)$")
    set(FLOAT_ABI -mfloat-abi=hard)
endif()
add_compile_options(-mcpu=${CPU} -mthumb ${FLOAT_ABI} -ffunction-sections -fdata-sections)
add_link_options(-mcpu=${CPU} -mthumb ${FLOAT_ABI} --specs=nano.specs --specs=rdimon.specs -Wl,--gc-sections)
set(CMAKE_C_FLAGS_RELEASE_INIT "-O2")

set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
