/** Compiled programs of a device, by their WGSL: what a recording compiled ahead serves single operations too. */

interface Entry {
  pipeline: GPUComputePipeline | null;
  pending: Promise<GPUComputePipeline> | null;
}

const devices = new WeakMap<GPUDevice, Map<string, Entry>>();

export interface PipelineText {
  code: string;
  label?: string;
  layout: GPUPipelineLayout | 'auto';
  entryPoint?: string;
}

/** The pipeline of a text, compiled on the spot where it has to be. */
export function pipelineNow(device: GPUDevice, text: PipelineText): GPUComputePipeline {
  const entry = entryOf(device, text.code);
  entry.pipeline ??= device.createComputePipeline(descriptorOf(device, text));
  return entry.pipeline;
}

/** The pipeline of a text, compiled beside others without holding anything up. */
export function pipelineSoon(device: GPUDevice, text: PipelineText): Promise<GPUComputePipeline> {
  const entry = entryOf(device, text.code);
  if (entry.pipeline) return Promise.resolve(entry.pipeline);
  entry.pending ??= device.createComputePipelineAsync(descriptorOf(device, text)).then(
    (pipeline) => {
      entry.pipeline ??= pipeline;
      return entry.pipeline;
    },
    (error) => {
      // What fails once may work the next time.
      entry.pending = null;
      throw error;
    },
  );
  return entry.pending;
}

function entryOf(device: GPUDevice, code: string): Entry {
  const known = devices.get(device) ?? new Map<string, Entry>();
  devices.set(device, known);
  const entry = known.get(code) ?? { pipeline: null, pending: null };
  known.set(code, entry);
  return entry;
}

const descriptorOf = (
  device: GPUDevice,
  { code, label, layout, entryPoint }: PipelineText,
): GPUComputePipelineDescriptor => ({
  label,
  layout,
  compute: { module: device.createShaderModule({ code, label }), entryPoint },
});
