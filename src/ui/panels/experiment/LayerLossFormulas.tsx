import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Objective } from '../../../config/experiment';
import { Symbols } from '../../controls/Symbols';
import { Term } from '../../controls/Term';
import classes from './experiment.module.css';

const m = <var>m</var>;
const mapped = (
  <>
    <var>g</var>({m})
  </>
);

/** A symbol of student (s) or teacher (t) at a layer. */
const at = (symbol: string, model: 's' | 't', layer: ReactNode) => (
  <>
    <var>{symbol}</var>
    <sub>
      {model},{layer}
    </sub>
  </>
);

const projection = (
  <>
    <var>W</var>
    <sub>h</sub>
  </>
);

const projectionAndBias = (
  <>
    {projection}, <var>b</var>
  </>
);

const both = (symbol: string) => (
  <>
    <var>{symbol}</var>
    <sub>s</sub>, <var>{symbol}</var>
    <sub>t</sub>
  </>
);

/** What the terms that compare layers are, written out, for those that have a weight. */
export function LayerLossFormulas({ objective }: { objective: Objective }) {
  const { t } = useTranslation();
  const [attn, hidn] = [objective.attn > 0, objective.hidn > 0];
  if (!attn && !hidn) return null;
  const say = (symbol: 'm' | 'layers' | 'g' | 'mean' | 'a' | 'h' | 'w') =>
    t(`experiment.objective.symbols.${symbol}`);
  const meanings: [ReactNode, string][] = [];
  if (attn) meanings.push([both('A'), say('a')]);
  if (hidn) meanings.push([both('H'), say('h')], [projectionAndBias, say('w')]);
  meanings.push(
    [m, say('m')],
    [<var key="layers">M</var>, say('layers')],
    [mapped, say('g')],
    ['mean', say('mean')],
  );
  return (
    <div className={classes.layerFormulas}>
      {attn && (
        <p>
          <Term symbol={t('common.lossSymbol.attn')} /> = Σ
          <sub>
            {m}=1…<var>M</var>
          </sub>{' '}
          <span>
            mean&thinsp;({at('A', 's', m)} − {at('A', 't', mapped)})²
          </span>
        </p>
      )}
      {hidn && (
        <p>
          <Term symbol={t('common.lossSymbol.hidn')} /> = Σ
          <sub>
            {m}=0…<var>M</var>
          </sub>{' '}
          <span>
            mean&thinsp;({at('H', 's', m)}
            {projection} + <var>b</var> − {at('H', 't', mapped)})²
          </span>
        </p>
      )}
      <Symbols meanings={meanings} />
    </div>
  );
}
