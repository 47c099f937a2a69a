/** People's own texts, made for the tests. */

const pick = <T>(items: readonly T[], at: number): T => items[at % items.length];

/** About 5 KB of English, all sentences different. */
export function englishText(): string {
  const who = [
    'The baker',
    'My aunt',
    'A tall clerk',
    'The ferryman',
    'Our neighbour',
    'The youngest pilot',
    'A gardener',
  ];
  const did = [
    'carried',
    'repaired',
    'painted',
    'forgot',
    'borrowed',
    'described',
    'washed',
    'measured',
    'found',
  ];
  const what = [
    'a wooden ladder',
    'the blue lamp',
    'three letters',
    'an old map',
    'the heavy door',
    'a basket of pears',
  ];
  const where = [
    'behind the mill',
    'at the harbour',
    'in the morning',
    'before the storm',
    'near the long bridge',
  ];
  return Array.from(
    { length: 80 },
    (_, i) => `${pick(who, i)} ${pick(did, i)} ${pick(what, i)} ${pick(where, i)} on day ${i + 1}.`,
  ).join('\n');
}

/** About 6 KB of Korean. */
export function koreanText(): string {
  const who = [
    '할머니는',
    '어린 소년은',
    '우리 선생님은',
    '늙은 어부가',
    '이웃집 고양이가',
    '빵집 주인은',
    '내 친구는',
  ];
  const where = ['시장에서', '강가에서', '학교 앞에서', '따뜻한 부엌에서', '작은 마을에서'];
  const what = ['사과를', '오래된 편지를', '파란 우산을', '작은 물고기를', '나무 의자를', '빨간 모자를'];
  const did = ['찾았다', '고쳤다', '보았다', '가져왔다', '잃어버렸다', '그렸다', '씻었다', '노래했다'];
  return Array.from(
    { length: 80 },
    (_, i) => `${pick(who, i)} ${pick(where, i)} ${pick(what, i)} ${pick(did, i)}.`,
  ).join('\n');
}
