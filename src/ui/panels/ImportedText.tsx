import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { mostUnknown } from '../../config/bounds';
import type { TextSource } from '../../config/experiment';
import type { TextFacts } from '../../protocol/messages';
import { formatCount, formatPercent } from '../format';
import classes from './dialogs.module.css';

interface ImportedTextProps {
  source: TextSource;
  /** Null while no tokenizer is open to count with. */
  facts: TextFacts | null;
  onUse: () => void;
  onTrain: () => void;
  onAnother: () => void;
}

/** Above this share of characters in words that the present tokenizer can't spell, a teacher of its own is what a text needs. */
const foreignShare = 0.1;
export const isForeign = (facts: TextFacts | null) => facts !== null && facts.unknownShare > foreignShare;

/** What a person's text amounts to, and what can be done with it. */
export function ImportedText({ source, facts, onUse, onTrain, onAnother }: ImportedTextProps) {
  const { t } = useTranslation();
  const foreign = isForeign(facts);
  const unreadable = facts !== null && facts.unknownShare > mostUnknown;
  const rows = facts && [
    [t('text.facts.texts'), formatCount(facts.texts)],
    [t('text.facts.words'), formatCount(facts.words)],
    [t('text.facts.train'), formatCount(facts.trainSequences)],
    [t('text.facts.heldOut'), formatCount(facts.heldOutSequences)],
    [t('text.facts.unknown'), formatPercent(facts.unknownShare)],
    ...(facts.leftOut?.repeated ? [[t('text.facts.repeated'), formatCount(facts.leftOut.repeated)]] : []),
    ...(facts.leftOut?.controls ? [[t('text.facts.controls'), formatCount(facts.leftOut.controls)]] : []),
  ];
  return (
    <div className={classes.stack}>
      <h3>{t('text.facts.title', { name: source.kind === 'own' ? source.name : source.id })}</h3>
      <dl className={classes.facts}>
        {rows?.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className={classes.ways}>
        <Button variant={foreign ? 'default' : 'filled'} disabled={unreadable} onClick={onUse}>
          {t('text.use')}
        </Button>
        <p>{t(foreign ? 'text.useForeign' : 'text.useMeaning')}</p>
        <Button variant={foreign ? 'filled' : 'default'} onClick={onTrain}>
          {t('text.train')}
        </Button>
        <p>{t('text.trainMeaning')}</p>
      </div>
      <button type="button" className={classes.link} onClick={onAnother}>
        {t('text.another')}
      </button>
    </div>
  );
}
