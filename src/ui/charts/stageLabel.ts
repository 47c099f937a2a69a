/** How much of a stage's name fits above its part of an axis. */

/** Pixels of a character at the labels' size, rather too many than too few, and of the way from the border. */
const characterWidth = 6.2;
const beside = 5;

/** The name where `room` pixels have a place for it, else the number alone, else nothing: half a name is noise. */
export function stageLabel(name: string, number: string, room: number): string {
  const fits = (text: string) => beside + characterWidth * text.length <= room;
  if (fits(name)) return name;
  return fits(number) ? number : '';
}
