/** Texts for the tests, written for them. */
import { readFileSync } from 'node:fs';
import { buildCorpus } from '../../src/data/corpus';
import { splitTexts, storiesOf } from '../../src/data/stories';
import { createTokenizer } from '../../src/data/tokenizer';
import { trainWordPiece } from '../../src/data/wordPieceTrainer';

export const stories = storiesOf(
  readFileSync(new URL('../../public/corpora/stories.txt', import.meta.url), 'utf8'),
);

export const korean = [
  '오늘은 비가 와요. 그래서 우산을 가지고 학교에 가요.',
  '동생은 비가 오는 날을 좋아해요. 물웅덩이에서 뛰어놀 수 있으니까요.',
  '학교에서 친구와 점심을 먹어요. 친구는 김밥을 좋아하고 저는 비빔밥을 좋아해요.',
  '비가 그치면 우리는 공원에 가요. 공원에는 큰 나무가 있어요.',
];
export const chinese = [
  '今天下雨了。我带着雨伞去学校。',
  '妹妹喜欢下雨天，因为她可以在水坑里玩。',
  '我和朋友在学校吃午饭。朋友喜欢吃米饭，我喜欢吃面条。',
  '雨停了以后，我们去公园。公园里有一棵大树。',
];
export const japanese = [
  '今日は雨が降っています。だから傘を持って学校へ行きます。',
  '妹は雨の日が好きです。水たまりで遊べるからです。',
  '学校で友だちと昼ごはんを食べます。友だちはカレーが好きで、私はうどんが好きです。',
  '雨がやんだら、私たちは公園へ行きます。公園には大きな木があります。',
];

/** A small tokenizer of the stories' training part, and its corpus in sequences of 32 tokens. */
export const tokenizer = createTokenizer(trainWordPiece(splitTexts(stories.slice(0, 300)).train, 512));
export const corpus = buildCorpus(tokenizer, stories.slice(0, 300), 32);
