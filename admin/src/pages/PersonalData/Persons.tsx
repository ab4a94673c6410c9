import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { Search } from '@strapi/icons';
import { useState } from 'react';
import { styled } from 'styled-components';
import type { Erasure, ErasurePlan, PersonQuery } from '../../../../contract';
import { fieldErrorsOf } from '../../api/errors';
import { useFindPersonMutation } from '../../api/personalData';
import { TextField } from '../../components/FormField';
import { LoadingState } from '../../components/PageStates';
import { Panel } from '../../components/Panel';
import { useFieldErrors } from '../../hooks/useFieldErrors';
import { useNotify } from '../../hooks/useNotify';
import { usePanel } from '../../hooks/usePanel';
import { useSearch } from '../../hooks/useSearch';
import { useText } from '../../hooks/useText';
import { Erasures } from './Erasures';
import { FoundPerson } from './FoundPerson';
import { Notice } from './Notice';
import { namedBy, personQueryOf } from './personQuery';
import { ProofButton } from './ProofButton';

const Narrow = styled(Box)`
  max-width: 64rem;
`;

/** Says aloud what was found; as long as there is nothing to say, it takes no room. */
const Answer = styled.div`
  &:empty {
    margin-block-start: -${({ theme }) => theme.spaces[6]};
  }
`;

interface Found {
  query: PersonQuery;
  plan: ErasurePlan;
}

/** Finds a person, hands out a copy of their data, and erases them. Whom was looked for is in no address. */
const Persons = () => {
  const text = useText();
  const notify = useNotify();
  const { can } = usePanel();
  const { change } = useSearch();
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<Found | null>(null);
  const [broken, setBroken] = useState(false);
  const [erased, setErased] = useState<Erasure | null>(null);
  const { form, errors, show, clear } = useFieldErrors();
  const [find, { isLoading }] = useFindPersonMutation();

  const search = async () => {
    if (!typed.trim()) return show({ who: text('personal.find.empty') });
    const query = personQueryOf(typed);
    clear();
    setFound(null);
    setErased(null);
    setBroken(false);
    const result = await find(query);
    if (!('error' in result)) return setFound({ query, plan: result.data! });
    const problems = Object.entries(fieldErrorsOf(result.error));
    const own = problems.find(([path]) => path.startsWith('person'));
    if (own) show({ who: own[1] });
    // Everything else that is wrong is the map's, by content type.
    else if (problems.length > 0) setBroken(true);
    else notify.failed(result.error);
  };

  const isNobody = found !== null && found.plan.items.length === 0 && found.plan.person.users.length === 0;
  return (
    <Flex direction="column" alignItems="stretch" gap={6} paddingBottom={8}>
      <Panel title={text('personal.find.title')}>
        <Typography tag="p" textColor="neutral600" paddingBottom={4}>
          {text('personal.find.explain')}
        </Typography>
        <form
          ref={form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void search();
          }}
        >
          <Narrow>
            <TextField
              name="who"
              label={text('personal.find.who')}
              hint={text('personal.find.hint')}
              value={typed}
              error={errors.who}
              onChange={(value) => {
                setTyped(value);
                clear();
              }}
            />
          </Narrow>
          <Box paddingTop={4}>
            <Button type="submit" startIcon={<Search />} loading={isLoading}>
              {text('personal.find.search')}
            </Button>
          </Box>
        </form>
      </Panel>
      <Answer aria-live="polite">
        {isLoading && <LoadingState />}
        {broken && (
          <Notice
            variant="danger"
            announced
            title={text('personal.find.broken')}
            action={
              can('personal-data.read') && (
                <Button size="S" variant="secondary" onClick={() => change({ part: null })}>
                  {text('personal.find.toMap')}
                </Button>
              )
            }
          />
        )}
        {erased && (
          <Notice
            variant={erased.state === 'done' ? 'success' : 'warning'}
            title={text(erased.state === 'done' ? 'personal.erase.done' : 'personal.erase.notDone')}
            action={<ProofButton erasure={erased} />}
          />
        )}
        {isNobody && (
          <Panel title={text('personal.find.nothing', { who: namedBy(found.query) })}>
            <Typography tag="p" textColor="neutral600">
              {text('personal.find.nothing.hint')}
            </Typography>
          </Panel>
        )}
      </Answer>
      {found && !isNobody && (
        <FoundPerson
          query={found.query}
          plan={found.plan}
          onErased={(erasure) => {
            setFound(null);
            setTyped('');
            setErased(erasure);
          }}
        />
      )}
      {can('personal-data.erase') && <Erasures />}
    </Flex>
  );
};

export default Persons;
