tilesmith-profile 1
cpu AMD EPYC
signature family 25 model 1
features sse4_2 avx avx2 fma f16c bmi1 bmi2
caches 32768 524288 33554432 64
jdk 25
source measured 2026-11-30
pick few/cache f32_f32_f32p16x1_6x16_avx2 65.14 gops, then f32_f32_f32p4x1_4x4_scalar 6.016 gops
pick few/cache f32_qai8dxp3x2_qsi8cxp16x2_3x16_avx2 95.62 gops, then f32_qai8dxp6x1_qsi8cxp16x1_6x16_vector256 34.75 gops
pick few/cache f32_qai8dxp5x4_qsi4c32p16x4_5x16_avx2 125.9 gops, then f32_qai8dxp6x1_qsi4c32p16x1_6x16_vector256 23.89 gops
pick few/cache f32_qsi8d32p5x4_qai4c32p16x4_5x16_avx2 131.4 gops, then f32_qsi8d32p6x1_qai4c32p16x1_6x16_vector256 25.04 gops
pick few/cache f32_qsi8d32p5x4_qsi4c32p16x4_5x16_avx2 144.8 gops, then f32_qsi8d32p6x1_qsi4c32p16x1_6x16_vector256 26.55 gops
pick few/cache f32_qsi8d32p6x2_qsi8d32p16x2_6x16_avx2 98.02 gops, then f32_qsi8d32p6x1_qsi8d32p16x1_6x16_vector256 26.92 gops
pick few/cache qai8_qai8p3x2_qsi8cxp16x2_3x16_avx2 89.29 gops, then qai8_qai8p6x1_qsi8cxp16x1_6x16_vector256 35.54 gops
pick few/memory f32_f32_f32p16x1_6x16_avx2 52.67 gops, then f32_f32_f32p4x1_4x4_scalar 6.105 gops
pick few/memory f32_qai8dxp5x4_qsi4c32p16x4_5x16_avx2 124.6 gops, then f32_qai8dxp6x1_qsi4c32p16x1_6x16_vector256 24.63 gops
pick few/memory f32_qai8dxp6x2_qsi8cxp16x2_6x16_avx2 81.67 gops, then f32_qai8dxp6x1_qsi8cxp16x1_6x16_vector256 45.16 gops
pick few/memory f32_qsi8d32p5x4_qai4c32p16x4_5x16_avx2 112.2 gops, then f32_qsi8d32p6x1_qai4c32p16x1_6x16_vector256 23.48 gops
pick few/memory f32_qsi8d32p5x4_qsi4c32p16x4_5x16_avx2 162.4 gops, then f32_qsi8d32p6x1_qsi4c32p16x1_6x16_vector256 31.15 gops
pick few/memory f32_qsi8d32p6x2_qsi8d32p16x2_6x16_avx2 90.88 gops, then f32_qsi8d32p6x1_qsi8d32p16x1_6x16_vector256 33.21 gops
pick few/memory qai8_qai8p6x2_qsi8cxp16x2_6x16_avx2 93.03 gops, then qai8_qai8p6x1_qsi8cxp16x1_6x16_vector256 36.51 gops
pick many/cache f32_f32_f32p16x1_6x16_avx2 96.01 gops, then f32_f32_f32p4x1_4x4_scalar 6.101 gops
pick many/cache f32_qai8dxp4x4_qsi4c32p16x4_4x16_avx2 122.5 gops, then f32_qai8dxp6x1_qsi4c32p16x1_6x16_vector256 26.27 gops
pick many/cache f32_qai8dxp6x2_qsi8cxp16x2_6x16_avx2 122.2 gops, then f32_qai8dxp4x1_qsi8cxp16x1_4x16_vector256 39.3 gops
pick many/cache f32_qsi8d32p4x4_qai4c32p16x4_4x16_avx2 128.1 gops, then f32_qsi8d32p6x1_qai4c32p16x1_6x16_vector256 26.18 gops
pick many/cache f32_qsi8d32p4x4_qsi4c32p16x4_4x16_avx2 111.4 gops, then f32_qsi8d32p6x1_qsi4c32p16x1_6x16_vector256 22.33 gops
pick many/cache f32_qsi8d32p5x2_qsi8d32p16x2_5x16_avx2 94.13 gops, then f32_qsi8d32p4x1_qsi8d32p16x1_4x16_vector256 24.06 gops
pick many/cache qai8_qai8p3x2_qsi8cxp16x2_3x16_avx2 95.15 gops, then qai8_qai8p4x1_qsi8cxp16x1_4x16_vector256 34.58 gops
pick many/memory f32_f32_f32p16x1_6x16_avx2 67.09 gops, then f32_f32_f32p16x1_3x16_vector256 4.76 gops
pick many/memory f32_qai8dxp4x4_qsi4c32p16x4_4x16_avx2 130.3 gops, then f32_qai8dxp5x1_qsi4c32p16x1_5x16_vector256 28.53 gops
pick many/memory f32_qai8dxp5x2_qsi8cxp16x2_5x16_avx2 124.3 gops, then f32_qai8dxp6x1_qsi8cxp16x1_6x16_vector256 39.32 gops
pick many/memory f32_qsi8d32p4x4_qsi4c32p16x4_4x16_avx2 145.8 gops, then f32_qsi8d32p5x1_qsi4c32p16x1_5x16_vector256 29.11 gops
pick many/memory f32_qsi8d32p5x4_qai4c32p16x4_5x16_avx2 116 gops, then f32_qsi8d32p6x1_qai4c32p16x1_6x16_vector256 26.89 gops
pick many/memory f32_qsi8d32p6x2_qsi8d32p16x2_6x16_avx2 125.3 gops, then f32_qsi8d32p5x1_qsi8d32p16x1_5x16_vector256 41.14 gops
pick many/memory qai8_qai8p6x2_qsi8cxp16x2_6x16_avx2 99.95 gops, then qai8_qai8p5x1_qsi8cxp16x1_5x16_vector256 36.85 gops
pick one/cache f32_f32_f32p16x1_6x16_avx2 24.5 gops, then f32_f32_f32p16x1_6x16_vector256 20.3 gops
pick one/cache f32_qai8dxp5x4_qsi4c32p16x4_5x16_avx2 85.85 gops, then f32_qai8dxp6x1_qsi4c32p16x1_6x16_vector256 11.53 gops
pick one/cache f32_qai8dxp6x2_qsi8cxp16x2_6x16_avx2 50.71 gops, then f32_qai8dxp6x1_qsi8cxp16x1_6x16_vector256 16.21 gops
pick one/cache f32_qsi8d32p5x4_qai4c32p16x4_5x16_avx2 101.1 gops, then f32_qsi8d32p6x1_qai4c32p16x1_6x16_vector256 13.67 gops
pick one/cache f32_qsi8d32p5x4_qsi4c32p16x4_5x16_avx2 68.89 gops, then f32_qsi8d32p6x1_qsi4c32p16x1_6x16_vector256 10.48 gops
pick one/cache f32_qsi8d32p6x2_qsi8d32p16x2_6x16_avx2 69.59 gops, then f32_qsi8d32p6x1_qsi8d32p16x1_6x16_vector256 11.07 gops
pick one/cache qai8_qai8p6x2_qsi8cxp16x2_6x16_avx2 66.62 gops, then qai8_qai8p6x1_qsi8cxp16x1_6x16_vector256 16.91 gops
pick one/memory f32_f32_f32p16x1_6x16_avx2 10.84 gops, then f32_f32_f32p16x1_6x16_vector256 10.21 gops
pick one/memory f32_qai8dxp5x4_qsi4c32p16x4_5x16_avx2 53.99 gops, then f32_qai8dxp6x1_qsi4c32p16x1_6x16_vector256 11.73 gops
pick one/memory f32_qai8dxp6x2_qsi8cxp16x2_6x16_avx2 33.03 gops, then f32_qai8dxp6x1_qsi8cxp16x1_6x16_vector256 19.88 gops
pick one/memory f32_qsi8d32p5x4_qai4c32p16x4_5x16_avx2 47.6 gops, then f32_qsi8d32p6x1_qai4c32p16x1_6x16_vector256 12.72 gops
pick one/memory f32_qsi8d32p5x4_qsi4c32p16x4_5x16_avx2 45.81 gops, then f32_qsi8d32p6x1_qsi4c32p16x1_6x16_vector256 10.89 gops
pick one/memory f32_qsi8d32p6x2_qsi8d32p16x2_6x16_avx2 31.24 gops, then f32_qsi8d32p6x1_qsi8d32p16x1_6x16_vector256 16.22 gops
pick one/memory qai8_qai8p6x2_qsi8cxp16x2_6x16_avx2 29.05 gops, then qai8_qai8p6x1_qsi8cxp16x1_6x16_vector256 16.6 gops
