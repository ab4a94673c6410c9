import { Box } from '@strapi/design-system';
import { useCallback, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { styled } from 'styled-components';
import { setupSteps, type Setup, type SetupAnswer, type SetupStep } from '../../../../contract';
import { useSetupQuery, useTakeStepMutation } from '../../api/setup';
import { DeskPage } from '../../components/DeskPage';
import { EmptyState, Loaded } from '../../components/PageStates';
import { useUnsavedChanges } from '../../components/UnsavedChanges';
import { useNotify } from '../../hooks/useNotify';
import { usePanel } from '../../hooks/usePanel';
import { useSite } from '../../hooks/useSite';
import { useText } from '../../hooks/useText';
import { PLUGIN_ID } from '../../pluginId';
import { Finished } from './Finished';
import { LanguagesStep } from './LanguagesStep';
import { LawStep } from './LawStep';
import { LookStep } from './LookStep';
import { ServicesStep } from './ServicesStep';
import type { StepProps } from './StepFrame';
import { Steps } from './Steps';
import { WebsiteStep } from './WebsiteStep';

/** Narrow enough to be read at a glance. */
const Narrow = styled(Box)`
  max-width: 96rem;
`;

const contents: Record<SetupStep, (props: StepProps) => React.ReactNode> = {
  website: WebsiteStep,
  law: LawStep,
  languages: LanguagesStep,
  services: ServicesStep,
  look: LookStep,
};

const Assistant = ({ site, loaded }: { site: string; loaded: Setup }) => {
  const notify = useNotify();
  const navigate = useNavigate();
  const { refetch } = usePanel();
  const [take, { isLoading }] = useTakeStepMutation();
  const [setup, setSetup] = useState(loaded);
  const [step, setStep] = useState<SetupStep | null>(loaded.step);
  const [dirty, setDirty] = useState(false);
  const { question, leave } = useUnsavedChanges(dirty && !isLoading);

  const go = useCallback((to: SetupStep | null) => {
    setDirty(false);
    setStep(to);
  }, []);

  const onTake = async (answer: SetupAnswer): Promise<unknown> => {
    const result = await take({ site, answer });
    if ('error' in result) return result.error;
    setSetup(result.data!);
    if (answer.step === 'later') return undefined;
    // Names and languages are in every page's frame.
    if (answer.step === 'website' || answer.step === 'languages') void refetch();
    go(setupSteps[setupSteps.indexOf(answer.step) + 1] ?? null);
    return undefined;
  };
  const later = () =>
    leave(async () => {
      setDirty(false);
      const error = await onTake({ step: 'later' });
      if (error) notify.failed(error);
      else navigate(`/plugins/${PLUGIN_ID}?${new URLSearchParams({ site })}`);
    });

  const Step = step && contents[step];
  const before = step && setupSteps[setupSteps.indexOf(step) - 1];
  return (
    <Narrow paddingBottom={8}>
      {question}
      <Steps current={step} onGo={(to) => leave(() => go(to))} />
      {Step ? (
        <Step
          key={step}
          site={site}
          setup={setup}
          busy={isLoading}
          onTake={onTake}
          onBack={before ? () => leave(() => go(before)) : null}
          onLater={later}
          onDirty={setDirty}
        />
      ) : (
        <Finished site={site} setup={setup} />
      )}
    </Narrow>
  );
};

const ForSite = ({ site }: { site: string }) => {
  const text = useText();
  const query = useSetupQuery(site, { refetchOnMountOrArgChange: true });
  return (
    <Loaded query={query} failed={text('setup.failed')}>
      {(setup) => <Assistant site={site} loaded={setup} />}
    </Loaded>
  );
};

/** From a fresh Strapi to a banner in five steps. */
export const SetupPage = () => {
  const text = useText();
  const { site, asked } = useSite();
  const key = site?.key ?? asked;
  return (
    <DeskPage title={text('setup.title')} subtitle={text('setup.subtitle')} perSite>
      {key ? <ForSite key={key} site={key} /> : <EmptyState content={text('empty.site')} />}
    </DeskPage>
  );
};
