/** A suite of fused kernels on one backend; on WebGPU once as for an emulated GPU and once as for a real one. */
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { describeDevice, traitsOf } from '../../src/kernels/backends/webgpu';
import { internalsOf } from '../../src/kernels/backends/webgpuInternals';
import { describeOn } from '../support/backends';

export function describeKernels(backend: BackendName, subject: string, tests: () => void) {
  if (backend !== 'webgpu') {
    describeOn(backend, subject, tests);
    return;
  }
  for (const software of [true, false]) {
    describeOn(backend, `${subject}, programs for ${software ? 'an emulated' : 'a real'} GPU,`, () => {
      let restore = () => {};
      beforeAll(() => {
        const { device } = internalsOf(tf.backend());
        const own = traitsOf(device).software;
        restore = () => describeDevice(device, own);
        describeDevice(device, software);
      });
      afterAll(() => restore());
      tests();
    });
  }
}
