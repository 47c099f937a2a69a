/** Every term of every method against methods.json: its value, and its gradient for all that is trained. */
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { Arm } from '../../src/config/experiment';
import { planOf } from '../../src/config/objective';
import type { BackendName } from '../../src/config/results';
import { methods as records } from '../../src/methods/all';
import type { Method } from '../../src/methods/method';
import { armShares } from '../../src/train/armShares';
import type { BatchTensors } from '../../src/train/batchTensors';
import type { Forward } from '../../src/train/forward';
import { caseOf, type InputName, input, type MethodCase, methods } from '../golden/methods';
import { describeOn } from '../support/backends';
import { closeTo, tensorCloseTo } from '../support/closeTo';
import { sumOf } from './comparing';
import { batch, goldens, type Inputs, ids, qkv, relationsOf, rows } from './goldenCases';

const { gold, sizes } = methods;
const tolerance = 1e-4;

async function expectGolden(golden: MethodCase, loss: (inputs: Inputs) => tf.Tensor) {
  const { value: expected, gradients } = golden;
  const names = Object.keys(gradients) as InputName[];
  // Made outside of what is differentiated: gradients read them.
  const fixed = Object.fromEntries(
    Object.entries(methods.inputs).map(([name, { shape, values }]) => [name, tf.tensor(values, shape)]),
  );
  const { value, grads } = tf.valueAndGrads((...own) => {
    const trained = Object.fromEntries(names.map((name, i) => [name, own[i]]));
    return loss((name) => trained[name] ?? fixed[name]) as tf.Scalar;
  })(names.map((name) => tf.tensor(input(name).values, input(name).shape)));
  closeTo(await value.data(), [expected], tolerance, 'value');
  for (const [i, name] of names.entries()) await tensorCloseTo(grads[i], gradients[name]!, tolerance);
}

export function describeGoldens(backend: BackendName) {
  describeOn(backend, 'a term of a method', () => {
    const named = goldens.map((one) => ({ ...one, settings: JSON.stringify(one.golden.settings) }));
    it.each(named)('is PyTorch’s, with its gradients: $term of $method, $settings', async (one) => {
      const method = records[one.method] as Method;
      await expectGolden(one.golden, (at) =>
        sumOf(method, one.term, { ...one.given(at), terms: [one.term] }),
      );
    });

    /** What an arm makes of those who teach it: the case, what its plan says, and whose logits they are. */
    const taught: [string, MethodCase, Partial<Arm>, InputName[]][] = [
      [
        'a teacher softened at a T of its own',
        caseOf('ce', { form: 'kl', teacherTemperature: 3 }),
        { teacherTemperature: 3 },
        ['teacherLogits'],
      ],
      ...(['probabilities', 'logits'] as const).map((mean): (typeof taught)[number] => [
        `several teachers, the mean of their ${mean}`,
        caseOf('ensemble', { of: mean }),
        { taughtBy: { kind: 'ensemble', mean } },
        ['teacherLogits', 'secondTeacherLogits'],
      ]),
      [
        'another student, at T = 1',
        caseOf('dml'),
        { temperature: 1, taughtBy: { kind: 'arm', id: 'b' } },
        ['peerLogits'],
      ],
    ];
    it.each(taught)('learns from %s', async (_, golden, changes, teachers) => {
      const plan = { ...planOf({ ce: 1 }, { temperature: 2, mapping: [1] }), ...changes };
      const [temperature, teacherTemperature] = [plan.temperature, plan.teacherTemperature ?? 0].map((T) =>
        tf.tensor1d([T]),
      );
      const shape = { layers: 1, hiddenSize: 6, heads: 2, intermediateSize: 6, vocabularySize: sizes.V };
      const student = { ...shape, tokenTypes: false };
      const arm: Arm = { id: 'a', student, initialisation: { kind: 'random' }, ...plan };
      const passOf = (allLogits: tf.Tensor) => ({ allLogits, encoder: { qkv: [] } }) as unknown as Forward;
      const all = { ...rows(), goldPreimages: ids(gold) };
      const tensors = { rows: { all }, input: { attentionMask: batch().attentionMask }, sizes: {} };
      await expectGolden(golden, (at) => {
        const [part] = armShares({
          arm,
          pair: { student: shape, teacher: shape, plan: arm },
          terms: ['ce'],
          student: passOf(at('studentLogits')),
          teachers: teachers.map((name) => passOf(at(name))),
          batch: tensors as unknown as BatchTensors,
          parameters: {},
          scalars: { temperature, teacherTemperature, scalar: () => temperature },
        });
        expect(part.terms[0]).toBe('ce');
        return part.shares.reshape([2, -1]).slice([0, 0], [1, -1]).sum();
      });
    });

    it('is PyTorch’s, with its gradients: both of MiniLM’s', async () => {
      const terms = ['attnKl', 'valueKl'];
      const method = records.minilm as Method;
      await expectGolden(caseOf('minilm', { part: 'both', mean: 'sequences' }), (at) => {
        const given = {
          student: { scores: [at('studentScores1') as tf.Tensor4D], qkv: qkv(at, 'student') },
          teacher: { scores: [at('teacherScores1') as tf.Tensor4D], qkv: qkv(at, 'teacher') },
          batch: batch(),
          shapes: { student: { heads: sizes.H } },
        };
        return tf.addN(terms.map((term) => sumOf(method, term, { ...given, terms })));
      });
    });

    it.each([1, 2])('is PyTorch’s, with its gradients: all of MiniLMv2’s, %i heads', async (heads) => {
      const terms = ['relQ', 'relK', 'relV'];
      const method = records.minilmv2 as Method;
      await expectGolden(caseOf('minilmv2', { relation: 'all', relationHeads: heads }), (at) =>
        tf.addN(terms.map((term) => sumOf(method, term, { ...relationsOf(at, heads), terms }))),
      );
    });
  });
}
