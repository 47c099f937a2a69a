import { Button, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import { bottomMapping, isUniformlyMapped, topMapping, uniformMapping } from '../../../config/mapping';
import { useProblemWords } from '../../useProblemWords';
import classes from './experiment.module.css';

const mappings = { uniform: uniformMapping, top: topMapping, bottom: bottomMapping };
const mappingNames = ['uniform', 'top', 'bottom'] as const;

interface Props {
  arm: Arm;
  /** Layers of whom it learns from. */
  sourceLayers: number;
  onChange: (mapping: number[]) => void;
  /** More of the kind. */
  children?: ReactNode;
}

/** The mappings that have names, and why there is no uniform one where there is none. */
export function MappingPresets({ arm, sourceLayers, onChange, children }: Props) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const { layers } = arm.student;
  const uniform = isUniformlyMapped(sourceLayers, layers);
  return (
    <>
      <div className={classes.buttons}>
        {mappingNames.map((name) => (
          <Tooltip key={name} label={t(`experiment.mapping.${name}Meaning`)}>
            <Button
              variant="default"
              size="xs"
              disabled={name === 'uniform' && !uniform}
              onClick={() => onChange(mappings[name](sourceLayers, layers))}
            >
              {t(`experiment.mapping.${name}`)}
            </Button>
          </Tooltip>
        ))}
        {children}
      </div>
      {!uniform && (
        <p className={classes.note}>
          {
            words({
              code: 'uniformMappingNeedsDivisor',
              values: { layers, teacherLayers: sourceLayers },
            }).text
          }
        </p>
      )}
    </>
  );
}
