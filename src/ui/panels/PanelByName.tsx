/** All panels in one chunk: the frame does not wait for the charts' library, which is most of the page's code. */
import type { ComponentType } from 'react';
import type { PanelName } from '../../store/state';
import { AttentionPanel } from './AttentionPanel';
import { LossesPanel } from './LossesPanel';
import { PredictionsPanel } from './PredictionsPanel';
import { ScoreboardPanel } from './ScoreboardPanel';
import { SoftmaxLabPanel } from './SoftmaxLabPanel';

const panels: Record<PanelName, ComponentType> = {
  predictions: PredictionsPanel,
  losses: LossesPanel,
  attention: AttentionPanel,
  scoreboard: ScoreboardPanel,
  softmaxLab: SoftmaxLabPanel,
};

export function PanelByName({ name }: { name: PanelName }) {
  const Panel = panels[name];
  return <Panel />;
}
