/**
 * A model in ONNX's form (onnx.proto3; IR 8, operator set 17), built node by node. Names of fields stand beside their numbers.
 */
import { bytes, float, int, type Message, message, text, written } from './protobuf';

const irVersion = 8;
const operatorSet = 17;
/** TensorProto.DataType */
export const elementTypes = { float: 1, int64: 7 } as const;
/** AttributeProto.AttributeType */
const attributeTypes = { float: 1, int: 2, ints: 7 } as const;

type Attribute = number | number[] | { float: number };
/** Sizes, or names of sizes that each call has its own of. */
type Dimensions = readonly (number | string)[];

/** What is computed: nodes in order, and the tensors that they begin with. Values go by name. */
export class Graph {
  private readonly nodes: Message[] = [];
  private readonly initializers = new Map<string, Message>();

  /** A node of one output. @returns its name */
  node(type: string, inputs: readonly string[], attributes: Record<string, Attribute> = {}): string {
    // No two nodes may have one name.
    const name = `${type}_${this.nodes.length}`;
    this.nodes.push([
      ...inputs.flatMap((input) => text(1, input)), // input
      ...text(2, name), // output
      ...text(3, name), // name
      ...text(4, type), // op_type
      ...Object.entries(attributes).flatMap(([key, value]) => message(5, attribute(key, value))), // attribute
    ]);
    return name;
  }

  /** A tensor of float32 numbers in row-major order. @returns its name */
  tensor(name: string, dimensions: readonly number[], data: Float32Array): string {
    const { buffer, byteOffset, byteLength } = data;
    const raw = new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
    return this.initializer(name, dimensions, elementTypes.float, raw);
  }

  /** A number, by its value. @returns its name */
  scalar(value: number): string {
    return this.tensor(`float ${value}`, [], Float32Array.of(value));
  }

  /** A list of whole numbers, or one, by what they are. @returns its name */
  integers(values: number | readonly number[]): string {
    const list = typeof values === 'number' ? [values] : values;
    const raw = new Uint8Array(BigInt64Array.from(list.map(BigInt)).buffer);
    const dimensions = typeof values === 'number' ? [] : [list.length];
    return this.initializer(`int ${JSON.stringify(values)}`, dimensions, elementTypes.int64, raw);
  }

  private initializer(
    name: string,
    dimensions: readonly number[],
    type: number,
    raw: Uint8Array<ArrayBuffer>,
  ): string {
    this.initializers.set(name, [
      ...dimensions.flatMap((size) => int(1, size)), // dims
      ...int(2, type), // data_type
      ...text(8, name), // name
      ...bytes(9, raw), // raw_data
    ]);
    return name;
  }

  /**
   * The file.
   * @param inputs whole numbers of 64 bits, by name @param output of float32 numbers: the name of a node, called `as`
   */
  file(inputs: Record<string, Dimensions>, output: { of: string; as: string; dimensions: Dimensions }) {
    this.nodes.push([
      ...text(1, output.of),
      ...text(2, output.as),
      ...text(3, output.as),
      ...text(4, 'Identity'),
    ]);
    const graph = [
      ...this.nodes.flatMap((node) => message(1, node)), // node
      ...text(2, 'stillroom'), // name
      ...[...this.initializers.values()].flatMap((tensor) => message(5, tensor)), // initializer
      ...Object.entries(inputs).flatMap(([name, of]) => message(11, value(name, elementTypes.int64, of))), // input
      ...message(12, value(output.as, elementTypes.float, output.dimensions)), // output
    ];
    return written([
      ...int(1, irVersion), // ir_version
      ...text(2, 'stillroom'), // producer_name
      ...message(7, graph), // graph
      ...message(8, [...text(1, ''), ...int(2, operatorSet)]), // opset_import: domain, version
    ]);
  }
}

/** An AttributeProto. */
function attribute(name: string, value: Attribute): Message {
  if (Array.isArray(value)) {
    return [...text(1, name), ...value.flatMap((one) => int(8, one)), ...int(20, attributeTypes.ints)];
  }
  if (typeof value === 'number') return [...text(1, name), ...int(3, value), ...int(20, attributeTypes.int)];
  return [...text(1, name), ...float(2, value.float), ...int(20, attributeTypes.float)];
}

/** A ValueInfoProto: a tensor's name, type and sizes. */
function value(name: string, type: number, dimensions: Dimensions): Message {
  const sizes = dimensions.flatMap((size) =>
    message(1, typeof size === 'number' ? int(1, size) : text(2, size)),
  );
  const tensor = [...int(1, type), ...message(2, sizes)]; // elem_type, shape
  return [...text(1, name), ...message(2, message(1, tensor))]; // name, type: tensor_type
}
