/** A recording made ready: its buffers laid out once, its pipelines compiled side by side, its bind groups kept. */
import { type PipelineText, pipelineSoon } from './pipelines';
import type { AnyBuffer, BoundRange, Command, Copy, Dispatch, Recorded } from './recording';
import { VirtualBuffer } from './recording';

type ReadyCommand =
  | { pipeline: GPUComputePipeline; group: GPUBindGroup; workgroups: [number, number, number] }
  | Copy;

const storageUsage = () => GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;

export class PlannedPass {
  private readonly commands: Command[];
  private readonly storage: GPUBuffer[];
  private readonly uniforms: GPUBuffer[];
  private ready: ReadyCommand[] | null = null;

  /** Lays out the buffers at once, so that later recordings can refer to what is pinned here. */
  constructor(
    private readonly device: GPUDevice,
    { commands, uniforms }: Recorded,
    spare: GPUBuffer[],
  ) {
    this.commands = mergedCopies(commands);
    this.uniforms = uniforms;
    this.storage = placeBuffers(device, this.commands, spare);
  }

  get dispatches(): number {
    return this.commands.filter(({ kind }) => kind === 'dispatch').length;
  }

  /** Copies that could not be avoided. */
  get copies(): number {
    return this.commands.filter(({ kind }) => kind === 'copy').length;
  }

  /** Bytes of the values that this pass computes. */
  get storageBytes(): number {
    return this.storage.reduce((sum, { size }) => sum + size, 0);
  }

  /** The texts of its programs. */
  get texts(): PipelineText[] {
    return this.commands.flatMap((command) => (command.kind === 'dispatch' ? [command.pipeline.text] : []));
  }

  /** Makes the bind groups, once its programs are compiled. */
  async bind(): Promise<void> {
    const pipelines = await Promise.all(
      this.commands.map((command) =>
        command.kind === 'dispatch' ? pipelineSoon(this.device, command.pipeline.text) : null,
      ),
    );
    this.ready = this.commands.map((command, i) =>
      command.kind === 'copy' ? placedCopy(command) : this.bound(command, pipelines[i]!),
    );
  }

  /** Appends the commands to a compute pass; a copy that could not be avoided needs a pause of it. */
  encode(encoder: GPUCommandEncoder, pass: GPUComputePassEncoder): GPUComputePassEncoder {
    if (!this.ready) throw new Error('A pass is replayed before it is compiled and bound');
    let current = pass;
    let pipeline: GPUComputePipeline | null = null;
    for (const command of this.ready) {
      if ('group' in command) {
        if (command.pipeline !== pipeline) {
          pipeline = command.pipeline;
          current.setPipeline(pipeline);
        }
        current.setBindGroup(0, command.group);
        current.dispatchWorkgroups(command.workgroups[0], command.workgroups[1], command.workgroups[2]);
      } else {
        current.end();
        const { from, to } = command;
        encoder.copyBufferToBuffer(
          from.buffer as GPUBuffer,
          from.offset,
          to.buffer as GPUBuffer,
          to.offset,
          from.size,
        );
        current = encoder.beginComputePass();
        pipeline = null;
      }
    }
    return current;
  }

  dispose() {
    for (const buffer of [...this.uniforms, ...this.storage]) buffer.destroy();
    this.ready = null;
  }

  private bound({ layout, bindings, workgroups }: Dispatch, pipeline: GPUComputePipeline): ReadyCommand {
    const group = this.device.createBindGroup({
      layout: layout ?? pipeline.getBindGroupLayout(0),
      entries: bindings.map((range, binding) => ({ binding, resource: placed(range) })),
    });
    return { pipeline, group, workgroups };
  }
}

/** Runs passes one after the other in one compute pass and one submit. */
export function replay(device: GPUDevice, passes: PlannedPass[]) {
  const encoder = device.createCommandEncoder();
  let pass = encoder.beginComputePass();
  for (const planned of passes) pass = planned.encode(encoder, pass);
  pass.end();
  device.queue.submit([encoder.finish()]);
}

function placed({ buffer, offset, size }: BoundRange): { buffer: GPUBuffer; offset: number; size: number } {
  if (!(buffer instanceof VirtualBuffer)) return { buffer, offset, size };
  if (!buffer.place) throw new Error('A recording uses a buffer of another one that was not kept for it');
  return { buffer: buffer.place.buffer, offset: buffer.place.offset + offset, size };
}

const placedCopy = ({ from, to }: Copy): Copy => ({ kind: 'copy', from: placed(from), to: placed(to) });

/**
 * A copy out of a buffer that the recording made is not needed where the buffer can lie at the copy's target from the
 * beginning. It can't where another command would notice, or would read and write parts of one buffer, which WebGPU
 * forbids.
 */
function mergedCopies(commands: Command[]): Command[] {
  const merged = new Set<Command>();
  commands.forEach((command, at) => {
    if (command.kind !== 'copy') return;
    const { from, to } = command;
    if (!(from.buffer instanceof VirtualBuffer) || to.buffer instanceof VirtualBuffer) return;
    if (canLieAt(commands, at, from.buffer, to.buffer)) {
      from.buffer.place = { buffer: to.buffer, offset: to.offset };
      merged.add(command);
    }
  });
  return commands.filter((command) => !merged.has(command));
}

/** Whether `source` can lie at the target of the copy number `at` from the beginning. */
function canLieAt(commands: Command[], at: number, source: VirtualBuffer, target: GPUBuffer): boolean {
  const { from, to } = commands[at] as Copy;
  const isWhole = from.offset === 0 && from.size === source.size;
  if (!isWhole || source.constant || source.pinned || source.place) return false;
  const uses = commands.flatMap((command, i) => (i !== at && isUsed(command, source) ? [i] : []));
  const writes = uses.filter((i) => isWritten(commands[i], source));
  if (writes.length === 0 || writes.some((i) => i > at)) return false;
  const last = Math.max(at, ...uses);
  return commands.every((command, i) => {
    if (i < writes[0] || i > last || i === at) return true;
    const others = rangesOf(command).filter(({ range }) => physical(range.buffer) === target);
    // The target's own place is nobody else's meanwhile.
    if (others.some(({ range }) => overlap(placed(range), to))) return false;
    const own = rangesOf(command).filter(({ range }) => range.buffer === source);
    if (own.length === 0) return true;
    return (
      command.kind === 'dispatch' && new Set([...own, ...others].map(({ written }) => written)).size === 1
    );
  });
}

/** What a command reads and writes. */
const rangesOf = (command: Command): { range: BoundRange; written: boolean }[] =>
  command.kind === 'copy'
    ? [
        { range: command.from, written: false },
        { range: command.to, written: true },
      ]
    : command.bindings.map((range, i) => ({ range, written: command.writes.includes(i) }));

const isUsed = (command: Command, buffer: AnyBuffer) =>
  rangesOf(command).some(({ range }) => range.buffer === buffer);
const isWritten = (command: Command, buffer: AnyBuffer) =>
  rangesOf(command).some(({ range, written }) => written && range.buffer === buffer);
const overlap = (a: BoundRange, b: BoundRange) =>
  a.offset < b.offset + b.size && b.offset < a.offset + a.size;

const physical = (buffer: AnyBuffer) => (buffer instanceof VirtualBuffer ? buffer.place?.buffer : buffer);

interface Life {
  buffer: VirtualBuffer;
  first: number;
  last: number;
}

/**
 * Gives every virtual buffer without a place a real one; those whose lives don't meet share one. `spare` are buffers of
 * passes that run before, which need them no more; afterwards those of this pass are among them.
 */
function placeBuffers(device: GPUDevice, commands: Command[], spare: GPUBuffer[]): GPUBuffer[] {
  const owned: GPUBuffer[] = [];
  const make = (size: number) => {
    const buffer = device.createBuffer({ size: Math.ceil(size / 16) * 16, usage: storageUsage() });
    owned.push(buffer);
    return buffer;
  };
  let free = spare.splice(0);
  const living: Life[] = [];
  for (const life of lives(commands)) {
    const { buffer, first } = life;
    for (let i = living.length - 1; i >= 0; i--) {
      if (living[i].last < first) free.push(living.splice(i, 1)[0].buffer.place!.buffer);
    }
    if (buffer.constant) {
      const own = make(buffer.size);
      device.queue.writeBuffer(own, 0, buffer.constant);
      buffer.place = { buffer: own, offset: 0 };
      continue;
    }
    const fitting = free.filter(({ size }) => size >= buffer.size && size <= 2 * buffer.size + 256);
    const chosen = fitting.sort((a, b) => a.size - b.size)[0] ?? make(buffer.size);
    free = free.filter((other) => other !== chosen);
    buffer.place = { buffer: chosen, offset: 0 };
    if (!buffer.pinned) living.push(life);
  }
  spare.push(...free, ...living.map(({ buffer }) => buffer.place!.buffer));
  return owned;
}

/** First and last use of the buffers that have no place yet, by first use. */
function lives(commands: Command[]): Life[] {
  const found = new Map<VirtualBuffer, Life>();
  commands.forEach((command, at) => {
    const ranges = command.kind === 'copy' ? [command.from, command.to] : command.bindings;
    for (const { buffer } of ranges) {
      if (!(buffer instanceof VirtualBuffer) || buffer.place) continue;
      const life = found.get(buffer);
      if (life) life.last = at;
      else found.set(buffer, { buffer, first: at, last: at });
    }
  });
  return [...found.values()];
}
