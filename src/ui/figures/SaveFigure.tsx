import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core';
import { memo, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { presetState } from '../../config/presetChanges';
import { i18next } from '../../i18n/i18n';
import { presentStage } from '../../store/stage';
import { usePlayground } from '../../store/usePlayground';
import { importAgain } from '../../util/importAgain';
import { Icon } from '../controls/Icon';
import { formatCount } from '../format';
import type { Cells } from './csv';
import { repaints } from './repaint';
import type { Kind } from './saveFigure';

interface Props {
  /** Stands above the figure. */
  title: string;
  /** Its numbers as they are now: the first line names the columns. */
  numbers: () => Cells;
  /** What is drawn; left out: the nearest element around it with `data-figure`. */
  of?: RefObject<HTMLElement | null>;
  /** Where the figure is not of the run's present step. */
  step?: number;
}

const kinds: readonly Kind[] = ['svg', 'png', 'csv'];

/** The menu "Save this figure", for whatever has a title and numbers. What saves it loads then. */
export function SaveFigure(props: Props) {
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  return <SaveMenu title={props.title} latest={latest} />;
}

/** Memoised: a figure that is drawn again all the time does not draw its menu again. */
const SaveMenu = memo(function SaveMenu({ title, latest }: { title: string; latest: RefObject<Props> }) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [failed, setFailed] = useState(false);
  const save = async (kind: Kind) => {
    const { of, numbers, step } = latest.current;
    const element = of?.current ?? button.current?.closest<HTMLElement>('[data-figure]');
    if (!element) return;
    setFailed(false);
    try {
      const { saveFigure } = await importAgain(() => import('./saveFigure'));
      await saveFigure(kind, { element, title, numbers, print: smallPrint(step), repaints });
    } catch {
      setFailed(true);
    }
  };
  const label = t('common.figure.save', { title });
  return (
    <>
      {failed && (
        <span role="alert" data-no-figure>
          {t('common.figure.failed')}
        </span>
      )}
      <Popover position="bottom-end" trapFocus returnFocus withinPortal opened={open} onChange={setOpen}>
        <Popover.Target>
          <Tooltip label={t('common.figure.hint')} disabled={open}>
            <ActionIcon
              ref={button}
              variant="subtle"
              aria-label={label}
              data-no-figure
              onClick={() => setOpen(!open)}
            >
              <Icon name="save" />
            </ActionIcon>
          </Tooltip>
        </Popover.Target>
        <Popover.Dropdown aria-label={label} p={4}>
          {kinds.map((kind) => (
            <Button
              key={kind}
              fullWidth
              justify="start"
              variant="subtle"
              size="sm"
              onClick={() => {
                setOpen(false);
                void save(kind);
              }}
            >
              {t(`common.figure.${kind}`)}
            </Button>
          ))}
        </Popover.Dropdown>
      </Popover>
    </>
  );
});

/** Of which experiment a figure is, in lines: name, seed and step; then a link that opens it. */
function smallPrint(step?: number): string[] {
  const state = usePlayground.getState();
  const { experiment, preset, status, actions } = state;
  const t = i18next.t;
  const name = t(`shell.preset.${preset}.name`);
  const names = {
    same: name,
    changed: t('shell.preset.changed', { name }),
    own: t('shell.preset.own'),
  };
  return [
    t('common.figure.print', {
      experiment: names[presetState(experiment, preset)],
      seed: presentStage(state).training.seed,
      step: formatCount(step ?? status.step),
    }),
    actions.shareLink(),
  ];
}
