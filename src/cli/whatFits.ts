/** What may stand at a path of an experiment, read off its schema, for words that say it. */
import type { z } from 'zod';
import { bounds } from '../config/bounds';
import { type Experiment, experimentSchema } from '../config/experiment';
import type { Problem } from '../config/problems';

type Schema = z.core.$ZodType;
type Def = z.core.$ZodTypeDef;

/** A schema without what is wrapped round it: defaults, transforms, what may be left out. */
function bare(schema: Schema): Schema {
  const { def } = schema._zod;
  if (isDef<z.core.$ZodOptionalDef>(def, 'optional') || isDef<z.core.$ZodDefaultDef>(def, 'default'))
    return bare(def.innerType);
  return isDef<z.core.$ZodPipeDef>(def, 'pipe') ? bare(def.in) : schema;
}

const isDef = <D extends Def>(def: Def, type: D['type']): def is D => def.type === type;

/** The schemas of what lies under a name, by their names: of a choice of kinds, those of the kind that is there. */
function entriesOf(schema: Schema, data: unknown): Record<string, Schema> | null {
  const { def } = bare(schema)._zod;
  if (isDef<z.core.$ZodObjectDef>(def, 'object')) return def.shape as Record<string, Schema>;
  if (isDef<z.core.$ZodUnionDef>(def, 'union')) {
    const shapes = def.options.map((option) => entriesOf(option, data) ?? {});
    const { kind } = (data ?? {}) as { kind?: unknown };
    return { ...shapes.find((shape) => accepts(shape.kind, kind)), kind: oneOf(shapes) };
  }
  // Only the arms are numbered; a list of numbers is one value.
  if (isDef<z.core.$ZodArrayDef>(def, 'array') && entriesOf(def.element, null)) {
    const length = Array.isArray(data) ? data.length : 0;
    return Object.fromEntries(Array.from({ length }, (_, i) => [i, def.element]));
  }
  return null;
}

const accepts = (schema: Schema, value: unknown) =>
  (schema._zod.def as z.core.$ZodLiteralDef<z.core.util.Literal>).values.includes(value as string);

/** The kinds of several shapes as one schema of their names. */
const oneOf = (shapes: Record<string, Schema>[]): Schema => {
  const values = shapes.flatMap(
    ({ kind }) => (kind._zod.def as z.core.$ZodLiteralDef<z.core.util.Literal>).values,
  );
  return { _zod: { def: { type: 'literal', values } } } as unknown as Schema;
};

/** What is wrong with a value at a path, in terms of what fits. @param path as the schema has it */
export function misfitAt(experiment: Experiment, path: string, value: string): Problem {
  let schema: Schema = experimentSchema;
  let data: unknown = experiment;
  let stages = false;
  for (const part of path.split('.')) {
    const entries = entriesOf(schema, data);
    const known = Object.keys(entries ?? {});
    if (!entries || !known.includes(part)) {
      // What a stage that is not there needs before it: the stage.
      const adding = stages ? [`stages=${known.length + 2}`] : [];
      const values = { path, part, known: entries ? [...known, ...adding].join(', ') : 'no further name' };
      return { code: 'settingUnknown', values };
    }
    stages = part === 'later';
    schema = entries[part];
    data = (data as Record<string, unknown> | undefined)?.[part];
  }
  const entries = entriesOf(schema, data);
  if (entries) {
    const known = Object.keys(entries).map((name) => `${path}.${name}`);
    return { code: 'settingNotOneValue', values: { path, known: known.join(', ') } };
  }
  return misfitOf(schema, path, value);
}

function misfitOf(schema: Schema, path: string, value: string): Problem {
  const { def } = bare(schema)._zod;
  if (def.type === 'number') {
    const { minValue, maxValue, isInt } = bare(schema) as unknown as z.ZodNumber;
    // The schema's 0 stands for none, which is said by leaving it out.
    const least = path.endsWith('.teacherTemperature') ? bounds.temperature.min : minValue;
    const range = { min: least ?? 0, max: maxValue ?? Number.MAX_SAFE_INTEGER };
    return { code: isInt ? 'settingNotWhole' : 'settingNoNumber', values: { path, value, ...range } };
  }
  if (def.type === 'array') return { code: 'settingNoList', values: { path, value } };
  const known = optionsIn(def);
  if (known) return { code: 'settingNoOption', values: { path, value, known: known.join(', ') } };
  return { code: 'settingUnfit', values: { path, value } };
}

function optionsIn(def: Def): string[] | null {
  if (isDef<z.core.$ZodEnumDef>(def, 'enum')) return Object.values(def.entries).map(String);
  if (isDef<z.core.$ZodLiteralDef<z.core.util.Literal>>(def, 'literal')) return def.values.map(String);
  return def.type === 'boolean' ? ['true', 'false'] : null;
}
