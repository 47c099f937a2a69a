import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { teacherModel } from '../../config/modelIds';
import { isTask } from '../../config/tasks';
import { presentStage } from '../../store/stage';
import { usePlayground } from '../../store/usePlayground';
import { type Saying, sayingsBetween, withSayings } from '../announce';
import { formatCount, formatFixed, formatNats, formatPercent, formatShort } from '../format';
import { useModels } from '../useModelNames';
import { useNoticeWords } from '../useNoticeWords';
import { useLetter } from '../useShortcuts';
import { type StageSpan, useStages } from '../useStages';
import classes from './Announcer.module.css';

/** Milliseconds in which what follows at once overtakes what is not said yet. */
const settleFor = 400;

/** What a person hears who asks where the run stands, a sentence each. */
function useSummary(stages: readonly StageSpan[]): () => string[] {
  const { t } = useTranslation();
  const models = useModels();
  return useCallback(() => {
    const { experiment, status, history, latestFull, latestSample, phase, past } = usePlayground.getState();
    if (phase !== 'ready') return [t('shell.say.notReady')];
    const { state, step, steps, stepsPerSecond, stage = 0 } = status;
    const figures = { step: formatCount(step), steps: formatCount(steps) };
    const lines: string[] = [t(state === 'playing' ? 'shell.say.at' : `shell.say.${state}`, figures)];
    if (past) lines.push(t('shell.say.past', { step: formatCount(past.step) }));
    const present = stages[stage];
    if (present) {
      const place = { number: stage + 1, of: stages.length, name: present.name };
      lines.push(t('shell.say.inStage', place));
    }
    const rows = isTask(presentStage({ experiment, status }).text);
    if (state === 'playing' && stepsPerSecond !== null) {
      lines.push(t('shell.say.rate', { rate: formatShort(stepsPerSecond, 2) }));
    }
    const losses = history.steps.at(-1);
    const point =
      latestFull && latestFull.step >= (latestSample?.step ?? 0) ? latestFull : (latestSample ?? latestFull);
    for (const { id, name } of models) {
      const loss = losses?.arms[id]?.total;
      if (loss !== undefined) lines.push(t('shell.say.loss', { model: name, loss: formatFixed(loss, 2) }));
      const held = id === teacherModel ? point?.teacher : point?.arms[id];
      if (!held || !point) continue;
      const values = { model: name, share: formatPercent(held.accuracy), step: formatCount(point.step) };
      lines.push(
        id === teacherModel || held.klToTeacher === null
          ? t(rows ? 'shell.say.rowsRight' : 'shell.say.right', values)
          : t(rows ? 'shell.say.rowsRightAndKl' : 'shell.say.rightAndKl', {
              ...values,
              kl: formatNats(held.klToTeacher),
            }),
      );
    }
    return lines;
  }, [t, models, stages]);
}

/**
 * The one place from which the page speaks by itself (`announce.ts` decides what), and a button, shown while it has
 * the focus, that says where the run stands.
 */
export function Announcer() {
  const { t } = useTranslation();
  const noticeWords = useNoticeWords();
  const stages = useStages();
  const summary = useSummary(stages);
  // Numbered, so that the same words said twice are new to whoever listens.
  const [said, setSaid] = useState<{ number: number; lines: string[] }>({ number: 0, lines: [] });
  const say = useCallback((lines: string[]) => setSaid(({ number }) => ({ number: number + 1, lines })), []);

  const words = useRef((_: Saying): string => '');
  useEffect(() => {
    words.current = (saying) => {
      if (saying.about === 'notice') return noticeWords(saying.notice).join(' ');
      if (saying.about === 'shown') {
        // Who drags on meanwhile is told where they are by then.
        const step = usePlayground.getState().past?.step ?? saying.step;
        return t(`shell.say.${saying.key}`, { step: formatCount(step) });
      }
      const { key, step, steps, stage } = saying;
      const place = { number: stage + 1, of: stages.length, name: stages[stage]?.name ?? '' };
      return t(`shell.say.${key}`, { step: formatCount(step), steps: formatCount(steps), ...place });
    };
  }, [t, noticeWords, stages]);

  useEffect(() => {
    let waiting: Saying[] = [];
    let timer: number | undefined;
    const speak = () => {
      say(waiting.map((saying) => words.current(saying)));
      waiting = [];
    };
    const unsubscribe = usePlayground.subscribe((now, before) => {
      const same = (['status', 'phase', 'notices', 'past', 'replaying'] as const).every(
        (part) => now[part] === before[part],
      );
      if (same) return;
      const sayings = sayingsBetween(before, now);
      if (sayings.length === 0) return;
      waiting = withSayings(waiting, sayings);
      window.clearTimeout(timer);
      timer = window.setTimeout(speak, settleFor);
    });
    return () => {
      unsubscribe();
      window.clearTimeout(timer);
    };
  }, [say]);

  const tell = useCallback(() => say(summary()), [say, summary]);
  useLetter('i', tell);
  return (
    <>
      <button type="button" className={classes.ask} aria-keyshortcuts="I" onClick={tell}>
        {t('shell.say.ask')}
      </button>
      <div className="visuallyHidden" aria-live="polite" data-announcer>
        <div key={said.number}>
          {said.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      </div>
    </>
  );
}
