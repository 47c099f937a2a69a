import { useTranslation } from 'react-i18next';
import type { Objective } from '../../../config/experiment';
import { Formula } from '../../controls/Formula';
import { Symbols } from '../../controls/Symbols';
import { formulas, symbols } from '../../formulas';
import classes from './experiment.module.css';

/** What the terms that compare layers are, written out, for those that have a weight. */
export function LayerLossFormulas({ objective }: { objective: Objective }) {
  const { t } = useTranslation();
  const [attn, hidn] = [objective.attn > 0, objective.hidn > 0];
  if (!attn && !hidn) return null;
  const say = (symbol: 'm' | 'layers' | 'g' | 'mean' | 'a' | 'h' | 'w') =>
    t(`experiment.objective.symbols.${symbol}`);
  const meanings: [tex: string, meaning: string][] = [];
  if (attn) meanings.push([symbols.bothScores, say('a')]);
  if (hidn) meanings.push([symbols.bothStates, say('h')], [symbols.projection, say('w')]);
  meanings.push(
    [symbols.studentLayer, say('m')],
    [symbols.studentLayers, say('layers')],
    [symbols.mapping, say('g')],
    [symbols.mean, say('mean')],
  );
  return (
    <div className={classes.layerFormulas}>
      {attn && <Formula tex={formulas.attn} display />}
      {hidn && <Formula tex={formulas.hidn} display />}
      <Symbols meanings={meanings} />
    </div>
  );
}
