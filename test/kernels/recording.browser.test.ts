import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PlannedPass } from '../../src/kernels/backends/plannedPass';
import { compilePasses, recordPasses, replayPasses } from '../../src/kernels/backends/recordedPasses';
import { copyInto, makeBlock, makeStored, readStored, writeStored } from '../../src/kernels/backends/storage';
import { internalsOf } from '../../src/kernels/backends/webgpuInternals';
import { setUpBackend } from '../support/backends';
import { closeTo } from '../support/closeTo';

const row = (...values: number[]) => Float32Array.from(values);

async function compiled(pieces: (() => void)[]): Promise<PlannedPass[]> {
  const passes = recordPasses(pieces);
  await compilePasses(passes);
  return passes;
}

/** Operations that nobody fused, with constants among them. */
const plain = (x: tf.Tensor) => tf.softmax(x.mul(3).add(0.5).square()).sub(tf.tensor1d([1, 2, 3, 4]));

describe('a recording', () => {
  beforeAll(() => setUpBackend('webgpu'));

  it("finds tfjs's backend as it knows it", () => {
    const backend = internalsOf(tf.backend());
    const functions = [
      'ensureCommandEncoderReady',
      'endComputePassEncoder',
      'submitQueue',
      'uploadToGPU',
      'makeTensorInfo',
      'tensorToBinding',
      'nextDataId',
      'disposeData',
    ] as const;
    for (const name of functions) expect(backend[name], name).toBeTypeOf('function');
    for (const name of ['device', 'queue', 'bufferManager', 'pipelineCache', 'tensorMap'] as const) {
      expect(backend[name], name).toBeTypeOf('object');
    }
    const fields = [
      'commandEncoder',
      'computePassEncoder',
      'commandQueueOwnedIds',
      'uniformPendingDisposal',
      'dispatchCountInPass',
    ];
    for (const name of fields) expect(name in backend, name).toBe(true);
  });

  it('of plain operations gives, replayed, what they give on other values', async () => {
    const [input, output] = [makeStored([4]), makeStored([4])];
    const [pass] = await compiled([() => copyInto(output, 0, plain(input))]);
    for (const values of [row(1, 2, 3, 4), row(-1, 0, 0.5, 0.25)]) {
      writeStored(input, values);
      replayPasses([pass]);
      closeTo(await readStored(output), await plain(tf.tensor1d(values)).data(), 1e-6);
    }
    pass.dispose();
  });

  it('computes nothing while it is made, and leaves no tensor behind', async () => {
    const [input, output] = [makeStored([4]), makeStored([4])];
    writeStored(output, row(9, 9, 9, 9));
    const { numTensors } = tf.memory();
    const ids = tf.backend().numDataIds();
    const [pass] = recordPasses([() => copyInto(output, 0, plain(input))]);
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(tf.backend().numDataIds()).toBe(ids);
    expect([...(await readStored(output))]).toEqual([9, 9, 9, 9]);
    pass.dispose();
  });

  it('keeps for later pieces what they use of earlier ones', async () => {
    const [input, output] = [makeStored([4]), makeStored([4])];
    let middle: tf.Tensor;
    const passes = await compiled([
      () => {
        middle = plain(input);
      },
      () => copyInto(output, 0, middle.mul(2).add(middle)),
    ]);
    writeStored(input, row(1, 2, 3, 4));
    replayPasses(passes);
    closeTo(
      await readStored(output),
      await plain(tf.tensor1d([1, 2, 3, 4]))
        .mul(3)
        .data(),
      1e-6,
    );
    for (const pass of passes) pass.dispose();
  });

  it('needs no copy for a result that is kept, and one for a value that goes to two places', async () => {
    const input = makeStored([4]);
    writeStored(input, row(1, 2, 3, 4));
    const { flat, offsets } = makeBlock({
      a: { shape: [4], dtype: 'float32' },
      b: { shape: [4], dtype: 'float32' },
    });
    const [once] = await compiled([() => copyInto(flat, offsets.b, input.square())]);
    expect(once.dispatches).toBe(1);
    expect(once.copies).toBe(0);
    replayPasses([once]);
    expect([...(await readStored(flat)).subarray(offsets.b, offsets.b + 4)]).toEqual([1, 4, 9, 16]);

    const [twice] = await compiled([
      () => {
        const result = input.neg();
        copyInto(flat, offsets.a, result);
        copyInto(flat, offsets.b, result);
      },
    ]);
    expect(twice.copies).toBe(2);
    replayPasses([twice]);
    const values = await readStored(flat);
    for (const at of Object.values(offsets))
      expect([...values.subarray(at, at + 4)]).toEqual([-1, -2, -3, -4]);
    for (const pass of [once, twice]) pass.dispose();
  });

  it('keeps a copy that something else would notice the lack of', async () => {
    const x = makeStored([4]);
    writeStored(x, row(1, 2, 3, 4));
    const courses: Record<string, (target: tf.Tensor, seen: tf.Tensor) => void> = {
      'the target is read before the copy': (target, seen) => {
        const made = x.neg();
        copyInto(seen, 0, target.mul(2));
        copyInto(target, 0, made);
      },
      'two copies go to one target': (target) => {
        const [first, second] = [x.neg(), x.square()];
        copyInto(target, 0, second);
        copyInto(target, 0, first);
      },
      'the source is read after the target has changed': (target, seen) => {
        const made = x.neg();
        copyInto(target, 0, made);
        copyInto(target, 0, x.square());
        copyInto(seen, 0, made.mul(3));
      },
    };
    for (const [name, course] of Object.entries(courses)) {
      const results = [];
      for (const recorded of [false, true]) {
        const [target, seen] = [makeStored([4]), makeStored([4])];
        writeStored(target, row(1, 1, 1, 1));
        if (recorded) {
          const passes = await compiled([() => course(target, seen)]);
          replayPasses(passes);
        } else {
          tf.tidy(() => course(target, seen));
        }
        results.push([[...(await readStored(target))], [...(await readStored(seen))]]);
      }
      expect(results[1], name).toEqual(results[0]);
    }
  });

  it('leaves tensors that were made before it as they were', async () => {
    const [input, output] = [makeStored([4]), makeStored([4])];
    writeStored(input, row(1, 2, 3, 4));
    const early = tf.tensor1d([10, 20, 30, 40]);
    const piece = () => copyInto(output, 0, input.add(early));
    const [first] = await compiled([piece]);
    first.dispose();
    const [second] = await compiled([piece]);
    replayPasses([second]);
    expect([...(await readStored(output))]).toEqual([11, 22, 33, 44]);
    expect([...(await early.add(1).data())]).toEqual([11, 21, 31, 41]);
    second.dispose();
  });

  it('that fails half-way leaves the backend in working order', async () => {
    const input = makeStored([4]);
    const fail = () => {
      plain(input);
      throw new Error('half-way');
    };
    expect(() => recordPasses([fail])).toThrow('half-way');
    const { numTensors } = tf.memory();
    expect([...(await tf.tensor1d([1, 2]).square().data())]).toEqual([1, 4]);
    const output = makeStored([4]);
    const [pass] = await compiled([() => copyInto(output, 0, input.add(2))]);
    replayPasses([pass]);
    expect([...(await readStored(output))]).toEqual([2, 2, 2, 2]);
    expect(tf.memory().numTensors).toBe(numTensors + 3);
    pass.dispose();
  });

  it('shares memory among values whose lives do not meet', async () => {
    const [input, output] = [makeStored([64]), makeStored([64])];
    const chain = (x: tf.Tensor) => Array.from({ length: 20 }).reduce((y: tf.Tensor) => y.neg().abs(), x);
    const [pass] = await compiled([() => copyInto(output, 0, chain(input))]);
    expect(pass.dispatches).toBe(40);
    // Two buffers of 256 bytes in turns, and each operation's uniforms.
    expect(pass.storageBytes).toBeLessThanOrEqual(3 * 256);
    writeStored(input, new Float32Array(64).fill(-2));
    replayPasses([pass]);
    expect(new Set(await readStored(output))).toEqual(new Set([2]));
    pass.dispose();
  });

  it('gives later pieces the memory of earlier ones', async () => {
    const [input, output] = [makeStored([256]), makeStored([256])];
    const work = (x: tf.Tensor) => tf.softmax(x.mul(2)).square();
    const of = (pieces: number) => {
      const passes = recordPasses(
        Array.from({ length: pieces }, () => () => copyInto(output, 0, work(input))),
      );
      const bytes = passes.reduce((sum, pass) => sum + pass.storageBytes, 0);
      for (const pass of passes) pass.dispose();
      return bytes;
    };
    // Each piece has its constants, of 16 bytes.
    expect(of(4)).toBeLessThan(of(1) + 512);
  });

  it('hears of the programs that are compiled', async () => {
    const [input, output] = [makeStored([4]), makeStored([4])];
    const [pass] = recordPasses([() => copyInto(output, 0, plain(input))]);
    const heard: [number, number][] = [];
    await compilePasses([pass], (done, of) => heard.push([done, of]));
    expect(heard.length).toBeGreaterThan(2);
    expect(heard.map(([done]) => done)).toEqual(heard.map((_, i) => i + 1));
    expect(heard.at(-1)![0]).toBe(heard.at(-1)![1]);
    pass.dispose();
  });
});
