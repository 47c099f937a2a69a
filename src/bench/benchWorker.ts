/** A worker's entry: one engine, measured. */
import singlePath from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdPath from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedPath from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { serveRunner } from './remote';
import { createRunner } from './runner';

const wasmPaths = {
  'tfjs-backend-wasm.wasm': singlePath,
  'tfjs-backend-wasm-simd.wasm': simdPath,
  'tfjs-backend-wasm-threaded-simd.wasm': threadedPath,
};

serveRunner(createRunner(wasmPaths), {
  post: (message) => self.postMessage(message),
  listen: (hear) => self.addEventListener('message', ({ data }) => hear(data)),
});
