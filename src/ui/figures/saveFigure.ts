/** Hands a figure to the person: as a picture that scales, in dots, or in numbers. Loads when it is first asked for. */
import { download } from '../../store/download';
import { type Cells, csvFile } from './csv';
import { fontFaces } from './fontFaces';
import { type Framed, framed } from './frame';
import { pngOf } from './png';

export type Kind = 'svg' | 'png' | 'csv';

export interface Figure extends Framed {
  element: HTMLElement;
  numbers: () => Cells;
}

/** A name for files of every system. */
export const fileName = (title: string, kind: Kind): string => {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  return `stillroom-${words || 'figure'}.${kind}`;
};

export async function saveFigure(kind: Kind, { element, numbers, ...frame }: Figure): Promise<void> {
  download(await fileOf(), fileName(frame.title, kind));

  async function fileOf(): Promise<Blob> {
    if (kind === 'csv') return csvFile(numbers());
    const { svgOf, width, height } = framed(element, frame);
    if (kind === 'svg') return new Blob([svgOf()], { type: 'image/svg+xml' });
    return pngOf(svgOf(await fontFaces(svgOf())), width, height);
  }
}
