/** A recording made ready: its buffers laid out once, its pipelines compiled side by side, its bind groups kept. */
import { pipelineSoon } from './pipelines';
import type { AnyBuffer, BoundRange, Command, Copy, Dispatch, Recorded, WantedPipeline } from './recording';
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
  ) {
    this.commands = mergedCopies(commands);
    this.uniforms = uniforms;
    this.storage = placeBuffers(device, this.commands);
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

  /** Compiles what isn't compiled yet. `onProgress` hears of each pipeline that is done. */
  async compile(onProgress: (done: number, of: number) => void = () => {}): Promise<void> {
    const wanted = new Set(
      this.commands.flatMap((command) => (command.kind === 'dispatch' ? [command.pipeline] : [])),
    );
    let done = 0;
    const pipelines = new Map<WantedPipeline, GPUComputePipeline>();
    await Promise.all(
      [...wanted].map(async (pipeline) => {
        pipelines.set(pipeline, await pipelineSoon(this.device, pipeline.text));
        done += 1;
        onProgress(done, wanted.size);
      }),
    );
    this.ready = this.commands.map((command) =>
      command.kind === 'copy' ? placedCopy(command) : this.bound(command, pipelines.get(command.pipeline)!),
    );
  }

  /** Appends the commands to a compute pass; a copy that could not be avoided needs a pause of it. */
  encode(encoder: GPUCommandEncoder, pass: GPUComputePassEncoder): GPUComputePassEncoder {
    if (!this.ready) throw new Error('A pass is replayed before it is compiled');
    let current = pass;
    let pipeline: GPUComputePipeline | null = null;
    for (const command of this.ready) {
      if ('group' in command) {
        if (command.pipeline !== pipeline) {
          pipeline = command.pipeline;
          current.setPipeline(pipeline);
        }
        current.setBindGroup(0, command.group);
        current.dispatchWorkgroups(...command.workgroups);
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
 * beginning. It can't where a command would then read and write parts of one buffer: WebGPU forbids that.
 */
function mergedCopies(commands: Command[]): Command[] {
  const copies = commands.filter((command) => command.kind === 'copy');
  const merged = new Set<Command>();
  for (const copy of copies) {
    const { from, to } = copy;
    if (!(from.buffer instanceof VirtualBuffer) || to.buffer instanceof VirtualBuffer) continue;
    const { buffer } = from;
    const others = copies.filter((other) => other.from.buffer === buffer);
    const isWhole = from.offset === 0 && from.size === buffer.size;
    if (others.length > 1 || !isWhole || buffer.constant || buffer.pinned || !isMade(commands, buffer))
      continue;
    if (
      commands.some(
        (command) => command.kind === 'dispatch' && wouldClash(command, buffer, to.buffer as GPUBuffer),
      )
    )
      continue;
    buffer.place = { buffer: to.buffer as GPUBuffer, offset: to.offset };
    merged.add(copy);
  }
  return commands.filter((command) => !merged.has(command));
}

const isMade = (commands: Command[], buffer: VirtualBuffer) =>
  commands.some(
    (command) =>
      command.kind === 'dispatch' && command.writes.some((i) => command.bindings[i].buffer === buffer),
  );

function wouldClash({ bindings, writes }: Dispatch, buffer: VirtualBuffer, target: GPUBuffer) {
  const accesses = bindings.flatMap(({ buffer: bound }, i) =>
    bound === buffer || physical(bound) === target ? [writes.includes(i)] : [],
  );
  return bindings.some(({ buffer: bound }) => bound === buffer) && new Set(accesses).size > 1;
}

const physical = (buffer: AnyBuffer) => (buffer instanceof VirtualBuffer ? buffer.place?.buffer : buffer);

interface Life {
  buffer: VirtualBuffer;
  first: number;
  last: number;
}

/** Gives every virtual buffer without a place a real one; those whose lives don't meet share one. */
function placeBuffers(device: GPUDevice, commands: Command[]): GPUBuffer[] {
  const owned: GPUBuffer[] = [];
  const make = (size: number) => {
    const buffer = device.createBuffer({ size: Math.ceil(size / 16) * 16, usage: storageUsage() });
    owned.push(buffer);
    return buffer;
  };
  let free: GPUBuffer[] = [];
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
