/** What a GPU adapter says of itself. */

/** `GPUAdapterInfo`, of which older browsers leave out parts, or all of it. */
export interface AdapterWords {
  vendor?: string;
  architecture?: string;
  device?: string;
  description?: string;
  isFallbackAdapter?: boolean;
}

/** Its description, `GPU` where it gives none, and whether it only emulates a GPU on the processor. */
export function describeAdapter({
  vendor,
  architecture,
  device,
  description,
  isFallbackAdapter = false,
}: AdapterWords = {}): { description: string; software: boolean } {
  const words = description || [vendor, architecture, device].filter(Boolean).join(' ');
  const software = isFallbackAdapter || /swiftshader|llvmpipe|warp|basic render/i.test(words);
  return { description: words || 'GPU', software };
}
