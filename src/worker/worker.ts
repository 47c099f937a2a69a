/** The worker's entry: training, evaluation and data live here; the page only hears of them. */
import singlePath from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdPath from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedPath from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { type Endpoint, serve } from '../protocol/port';
import { Session } from './session';

const wasmPaths = {
  'tfjs-backend-wasm.wasm': singlePath,
  'tfjs-backend-wasm-simd.wasm': simdPath,
  'tfjs-backend-wasm-threaded-simd.wasm': threadedPath,
};

serve(self as unknown as Endpoint, (emit) => new Session(emit, wasmPaths).handlers);
