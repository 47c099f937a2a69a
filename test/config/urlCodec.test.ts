import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Experiment, experimentSchema } from '../../src/config/experiment';
import { presetAt, presetLink, presetNames, presets } from '../../src/config/presets';
import { isOwn } from '../../src/config/text';
import { upgrade } from '../../src/config/upgrade';
import { decodeExperiment } from '../../src/config/urlCodec';
import { encodeExperiment } from '../../src/config/urlWriting';
import { anyExperiment } from './anyExperiment';

const decode = (query: string) => decodeExperiment(new URLSearchParams(query));
const tiny: Experiment = presets.tiny;
const [distilled, twin] = tiny.arms;

/** Sources of a person's own under another name. */
const withNames = ({ text, teacher, ...rest }: Experiment, name: string): Experiment => ({
  ...rest,
  text: isOwn(text) ? { ...text, name } : text,
  teacher: teacher.kind === 'saved' ? { ...teacher, name } : teacher,
});
const withoutNames = (experiment: Experiment) => withNames(experiment, '');

describe('encodeExperiment', () => {
  it('holds the preset alone where nothing differs', () => {
    for (const name of presetNames) {
      expect(encodeExperiment(presets[name], name).toString()).toBe(`preset=${presetLink(name)}`);
    }
  });

  it('holds what differs under readable paths', () => {
    const changed: Experiment = {
      ...tiny,
      training: { ...tiny.training, steps: 100 },
      arms: [{ ...distilled, temperature: 3, mapping: [1, 2] }, twin],
    };
    expect(Object.fromEntries(encodeExperiment(changed, 'tiny'))).toEqual({
      preset: 'tiny',
      'training.steps': '100',
      'arms.0.temperature': '3',
      'arms.0.mapping': '1,2',
    });
  });

  it('holds a word that is withheld, and that none is any more', () => {
    const without: Experiment = { ...tiny, text: { kind: 'bundled', id: 'stories', without: 'day' } };
    expect(encodeExperiment(without, 'tiny').toString()).toBe('preset=tiny&text.without=day');
    expect(decode('preset=tiny&text.without=day')).toMatchObject({ experiment: without, problems: [] });
    for (const arms of [presets.omitted.arms, [distilled]]) {
      const whole: Experiment = { ...presets.omitted, text: tiny.text, arms };
      const link = encodeExperiment(whole, 'omitted');
      expect(link.get('text.without')).toBe('');
      expect(decodeExperiment(link)).toMatchObject({ experiment: { text: tiny.text }, problems: [] });
    }
  });

  it('leaves out a word that is too long, and nothing of the text with it', () => {
    const own = `text.kind=own&text.id=${'0'.repeat(16)}&text.without=${'x'.repeat(41)}`;
    const { experiment, problems } = decode(`preset=tiny&${own}`);
    expect(experiment.text).toEqual({ kind: 'own', id: '0'.repeat(16), name: '' });
    expect(problems).toMatchObject([{ code: 'urlMalformed', values: { parameter: 'text.without' } }]);
  });

  it('holds no name that a person gave', () => {
    fc.assert(
      fc.property(anyExperiment, fc.constantFrom(...presetNames), (experiment, preset) => {
        const named = withNames(experiment, 'Zqx my diary');
        expect(encodeExperiment(named, preset).toString()).not.toMatch(/zqx.*diary/i);
      }),
    );
  });

  it('holds all of a choice of another kind', () => {
    const changed: Experiment = {
      ...tiny,
      text: { kind: 'own', id: '0123456789abcdef', name: 'mýtus & 神話' },
      teacher: { kind: 'none', vocabularySize: 512 },
      arms: [{ ...distilled, initialisation: { kind: 'random' } }, twin],
    };
    const params = encodeExperiment(changed, 'tiny');
    expect([...params.keys()]).toEqual([
      ...['preset', 'text.kind', 'text.id', 'teacher.kind', 'teacher.vocabularySize'],
      'arms.0.initialisation.kind',
    ]);
    const experiment = withoutNames(changed);
    expect(decode(params.toString())).toEqual({ experiment, preset: 'tiny', problems: [] });
  });

  it('comes back unchanged, whatever the experiment and the preset', () => {
    fc.assert(
      fc.property(anyExperiment, fc.constantFrom(...presetNames), (experiment, preset) => {
        const decoded = decode(encodeExperiment(experiment, preset).toString());
        expect(decoded).toEqual({ experiment: withoutNames(experiment), preset, problems: [] });
      }),
      { numRuns: 300 },
    );
  });
});

describe('decodeExperiment', () => {
  it('gives the default preset for an empty URL, and leaves the parameters of others alone', () => {
    const decoded = decode('backend=wasm&lang=ko&theme=dark&sentence=a+[MASK]+b');
    expect(decoded).toEqual({ experiment: presets.distilbert, preset: 'distilbert', problems: [] });
  });

  it('takes a name without a version for the first, as kept links mean it, and no name for the newest', () => {
    const { experiment } = presetAt('distilbert')!;
    expect(decode('preset=distilbert').experiment).toEqual(experiment);
    expect(decode('arms.0.temperature=2').experiment).toEqual(presets.distilbert);
    expect(experiment).not.toEqual(presets.distilbert);
  });

  it.each([
    ['preset=none', 'urlUnknownPreset', { value: 'none', used: 'distilbert' }],
    ['preset=constructor', 'urlUnknownPreset', { value: 'constructor', used: 'distilbert' }],
    ['training.stpes=5', 'urlUnknownParameter', { parameter: 'training.stpes' }],
    ['steps=5', 'urlUnknownParameter', { parameter: 'steps' }],
    ['training=5', 'urlUnknownParameter', { parameter: 'training' }],
    ['arms.2.temperature=5', 'urlUnknownParameter', { parameter: 'arms.2.temperature' }],
    ['arms.00.temperature=5', 'urlUnknownParameter', { parameter: 'arms.00.temperature' }],
    ['__proto__.steps=5', 'urlUnknownParameter', { parameter: '__proto__.steps' }],
    ['teacher.__proto__=5', 'urlUnknownParameter', { parameter: 'teacher.__proto__' }],
    ['teacher.vocabularySize=512', 'urlUnknownParameter', { parameter: 'teacher.vocabularySize' }],
    ['training.steps=many', 'urlMalformed', { parameter: 'training.steps', value: 'many', used: '500' }],
    ['training.steps=', 'urlMalformed', { parameter: 'training.steps', value: '', used: '500' }],
    ['training.steps=2.5', 'urlMalformed', { parameter: 'training.steps', value: '2.5', used: '500' }],
    ['training.steps=0x10', 'urlMalformed', { parameter: 'training.steps', value: '0x10', used: '500' }],
    ['training.warmup=1e999', 'urlMalformed', { parameter: 'training.warmup', value: '1e999', used: '0.05' }],
    ['training.steps=0', 'urlOutOfRange', { parameter: 'training.steps', value: '0', used: '1' }],
    [
      'training.seed=1e300',
      'urlOutOfRange',
      { parameter: 'training.seed', value: '1e300', used: '4294967295' },
    ],
    ['arms.0.temperature=99', 'urlOutOfRange', { parameter: 'arms.0.temperature', value: '99', used: '16' }],
    ['arms.0.mapping=0,4', 'urlOutOfRange', { parameter: 'arms.0.mapping', value: '0,4', used: '1,4' }],
    ['arms.0.mapping=a,4', 'urlMalformed', { parameter: 'arms.0.mapping', value: 'a,4', used: '2,4' }],
    ['arms.0.positions=some', 'urlMalformed', { parameter: 'arms.0.positions', value: 'some', used: 'all' }],
    ['text.kind=mine', 'urlMalformed', { parameter: 'text.kind', value: 'mine', used: 'bundled' }],
    ['text.kind=own', 'urlMalformed', { parameter: 'text.id', value: '', used: 'everyday' }],
    ['__proto__.toString=5', 'urlUnknownParameter', { parameter: '__proto__.toString' }],
    ['constructor.prototype.x=5', 'urlUnknownParameter', { parameter: 'constructor.prototype.x' }],
    ['training.constructor.name=5', 'urlUnknownParameter', { parameter: 'training.constructor.name' }],
    ['training.toString=5', 'urlUnknownParameter', { parameter: 'training.toString' }],
    ['arms.0.hasOwnProperty=5', 'urlUnknownParameter', { parameter: 'arms.0.hasOwnProperty' }],
    ['arms={', 'urlMalformed', { parameter: 'arms', value: '{', used: 'distilled, twin' }],
    ['arms=null', 'urlMalformed', { parameter: 'arms', value: 'null', used: 'distilled, twin' }],
    ['arms=[]', 'urlMalformed', { parameter: 'arms', value: '[]', used: 'distilled, twin' }],
    ['arms=[1,2]', 'urlMalformed', { parameter: 'arms', value: '[1,2]', used: 'distilled, twin' }],
  ])('answers %s with %s', (query, code, values) => {
    const { experiment, problems } = decode(query);
    expect(problems[0]).toEqual({ code, values });
    expect(experimentSchema.safeParse(experiment).success).toBe(true);
  });

  it.each([
    ['[{}]', '[]'],
    ['["a"]', '[]'],
    ['[{"kind":"bundled","id":"x"}]', '[]'],
    ['[{"kind":"random"},{"kind":"bundled","id":"q"}]', '[]'],
    ['[{"kind":"random"}]', '[{"kind":"random"}]'],
  ])('takes other teachers back as a whole where one is unknown: %s', (others, used) => {
    const { experiment, problems } = decodeExperiment(new URLSearchParams({ others }));
    expect(JSON.stringify(experiment.others ?? [])).toBe(used);
    expect(problems.length > 0).toBe(others !== used);
  });

  it('takes no entry called kind for a choice', () => {
    const decoded = decodeExperiment(new URLSearchParams('preset=jsd&arms.0.dials.kind=1'));
    expect(decoded.experiment).toEqual(presets.jsd);
    expect(decoded.problems.map(({ code }) => code)).toEqual(['urlUnknownParameter']);
  });

  it('overwrites nothing that all objects share', () => {
    const before = Object.getOwnPropertyDescriptors(Object.prototype);
    for (const path of [
      '__proto__',
      'training.__proto__',
      'arms.0.__proto__',
      'arms.__proto__',
      'constructor.prototype',
    ]) {
      decode(`${path}.toString=5&${path}.hasOwnProperty=5&${path}.polluted=5`);
    }
    decode(
      `arms=${encodeURIComponent('[{"__proto__":{"polluted":5},"constructor":{"prototype":{"polluted":5}}}]')}`,
    );
    expect(Object.getOwnPropertyDescriptors(Object.prototype)).toEqual(before);
    expect('polluted' in {}).toBe(false);
    expect('polluted' in []).toBe(false);
  });

  it.each([
    ['lists', '['.repeat(5000) + ']'.repeat(5000)],
    ['objects', `${'[{"a":'.repeat(2500)}1${'}]'.repeat(2500)}`],
    ['lists that are never closed', '['.repeat(50_000)],
    ['lists within an arm', `[{"id":"a","student":${'['.repeat(5000)}${']'.repeat(5000)}}]`],
  ])('refuses %s within one another, however many', (_, arms) => {
    const { experiment, problems } = decodeExperiment(new URLSearchParams({ preset: 'tiny', arms }));
    expect(experiment).toEqual(tiny);
    expect(problems).toMatchObject([{ code: 'urlMalformed', values: { parameter: 'arms' } }]);
  });

  it('counts no brackets within a name', () => {
    const arms = JSON.stringify([{ ...distilled, id: 'x' }]);
    const named = arms.replace('"x"', JSON.stringify('"\\[[[[[[[[[[[[[[[[[[[['));
    // The name is too long or holds what an id can't: that is the fault which is found, not the depth.
    const { problems } = decodeExperiment(new URLSearchParams({ preset: 'tiny', arms: named }));
    expect(problems.map(({ values }) => values?.parameter)).not.toContain('arms');
  });

  it('keeps what is right beside what is wrong', () => {
    const { experiment, problems } = decode('preset=tiny&training.steps=70&arms.0.temperature=hot&nope=1');
    expect(experiment).toEqual({ ...tiny, training: { ...tiny.training, steps: 70 } });
    expect(problems.map(({ code }) => code)).toEqual(['urlUnknownParameter', 'urlMalformed']);
  });

  it('reads links from before the losses of layers', () => {
    const { weights, dials: _, choices: __, lists: ___, ...rest } = distilled;
    const old = { ...rest, objective: { mse: 0, ...weights } };
    const arms = JSON.stringify([old]);
    const read = decode(`preset=tiny&arms=${encodeURIComponent(arms)}&arms.0.objective.hidn=2`);
    expect(read.problems).toEqual([]);
    expect(read.experiment.arms).toEqual([{ ...distilled, weights: { ...weights, embd: 2, hidn: 2 } }]);
    const { mse: ____, ...first } = old.objective;
    const mostOld = { ...old, objective: first };
    expect(upgrade({ ...tiny, arms: [mostOld, twin] })).toEqual(tiny);
  });

  it('clamps within a list of arms, and takes single entries on top of it', () => {
    const arms = JSON.stringify([{ ...distilled, temperature: 100 }]);
    const params = new URLSearchParams({ preset: 'tiny', arms, 'arms.0.id': 'hot' });
    const { experiment, problems } = decodeExperiment(params);
    expect(experiment.arms).toEqual([{ ...distilled, id: 'hot', temperature: 16 }]);
    expect(problems).toEqual([
      { code: 'urlOutOfRange', values: { parameter: 'arms.0.temperature', value: '100', used: '16' } },
    ]);
  });
});
