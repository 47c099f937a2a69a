import { NativeSelect } from '@mantine/core';

interface LayerSelectsProps {
  /** Teacher block (from 1) of each student block. */
  blocks: readonly number[];
  teacherLayers: number;
  label: (layer: number) => string;
  onChange: (blocks: number[]) => void;
}

/** One teacher layer to choose for each student layer. */
export function LayerSelects({ blocks, teacherLayers, label, onChange }: LayerSelectsProps) {
  const options = Array.from({ length: teacherLayers }, (_, index) => String(index + 1));
  return blocks.map((block, index) => (
    <NativeSelect
      // biome-ignore lint/suspicious/noArrayIndexKey: a student layer is known by its place alone
      key={index}
      size="xs"
      label={label(index + 1)}
      value={String(block)}
      onChange={(event) =>
        onChange(blocks.map((old, at) => (at === index ? Number(event.currentTarget.value) : old)))
      }
      data={options.includes(String(block)) ? options : [...options, String(block)]}
    />
  ));
}
