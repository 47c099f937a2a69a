/** A GPU program as data: WGSL, what it binds and how many workgroups it takes. */

export interface Binding {
  /** An input's name, `out0`, `out1`, ... for outputs, or a name in `scratch`. */
  name: string;
  /** Element of the WGSL array: `array<f32>`, `array<vec4<f32>>`, `array<i32>`. Default f32. */
  type?: 'f32' | 'vec4<f32>' | 'i32' | 'vec2<f32>';
  /** Default: read for inputs, read_write for outputs and scratch. */
  access?: 'read' | 'read_write';
}

export interface GpuProgram {
  /** For error messages and profiles. */
  label: string;
  /** In order of their @binding; at most eight, the default limit of storage buffers per stage. */
  bindings: Binding[];
  /** Numbers that the code reads as `u.<name>`: whole ones as u32, others as f32, as `types` says. */
  uniforms: Record<string, { type: 'u32' | 'f32'; value: number }>;
  /**
   * WGSL after the declarations of bindings and of `u`, with `@compute @workgroup_size(...) fn main(...)`.
   * The text is the key by which pipelines are cached: bake in only what pays, pass sizes as uniforms.
   */
  code: string;
  workgroups: [number, number, number];
  /** Buffers of float32 for the time of the kernel, shared by its programs; lengths in elements. */
  scratch?: Record<string, number>;
}

/** What programs may choose by. */
export interface GpuTraits {
  /** True where WebGPU is emulated on a CPU: barriers cost most, and few invocations run at once. */
  software: boolean;
  limits: GPUSupportedLimits;
  features: ReadonlySet<string>;
}

export const u32 = (value: number) => ({ type: 'u32' as const, value });
export const f32 = (value: number) => ({ type: 'f32' as const, value });

/** The complete WGSL of a program. `uniformBinding` follows the storage bindings. */
export function wgslOf({ bindings, uniforms, code }: GpuProgram): string {
  const storage = bindings.map(({ name, type = 'f32', access }, i) => {
    return `@group(0) @binding(${i}) var<storage, ${accessOf({ name, access })}> ${name}: array<${type}>;`;
  });
  const fields = Object.entries(uniforms).map(([name, { type }]) => `${name}: ${type},`);
  const struct =
    fields.length > 0
      ? `struct Uniforms { ${fields.join(' ')} }\n@group(0) @binding(${bindings.length}) var<uniform> u: Uniforms;`
      : '';
  // WGSL wants its directives before everything else.
  const directive = /^enable .*;$/gm;
  const directives = code.match(directive) ?? [];
  return [...directives, ...storage, struct, code.replace(directive, '')].join('\n');
}

/** How a program uses what it binds. */
export const accessOf = ({ name, access }: Binding) =>
  access ?? (/^(out\d|scratch)/.test(name) ? 'read_write' : 'read');

/** The bytes of a program's uniforms, padded to 16 as WGSL wants it. */
export function uniformBytes({ uniforms }: GpuProgram): ArrayBuffer | null {
  const entries = Object.values(uniforms);
  if (entries.length === 0) return null;
  const bytes = new ArrayBuffer(Math.ceil(entries.length / 4) * 16);
  const view = new DataView(bytes);
  entries.forEach(({ type, value }, i) => {
    if (type === 'u32') view.setUint32(4 * i, value, true);
    else view.setFloat32(4 * i, value, true);
  });
  return bytes;
}
