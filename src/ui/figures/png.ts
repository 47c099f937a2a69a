/** A picture in dots, drawn from SVG. */

/** Dots for each pixel of CSS, and how many there may be in all: phones refuse larger canvases. */
const sharpness = 2;
const mostDots = 16_000_000;

export const scaleOf = (width: number, height: number): number =>
  Math.min(sharpness, Math.sqrt(mostDots / (width * height)));

/** @throws Error where the browser can't draw it */
export async function pngOf(svg: string, width: number, height: number): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const scale = scaleOf(width, height);
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('No canvas');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error('No picture');
    return blob;
  } finally {
    URL.revokeObjectURL(address);
  }
}
