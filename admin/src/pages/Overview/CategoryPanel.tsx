import { Badge, Button, Flex, Typography } from '@strapi/design-system';
import { useState } from 'react';
import type { CategoryMode, CategorySummary, TrackingItemSummary } from '../../../../contract';
import { useText } from '../../hooks/useText';
import { AskAgainButton } from './AskAgainButton';
import { EntryLink } from '../../components/EntryLink';
import { ItemTable } from './ItemTable';
import { useEditPath } from './useEditPath';
import { MissingLocales } from '../../components/MissingLocales';
import { Panel } from '../../components/Panel';

/** Catalogues may have thousands of items; the page shows this many of a category at first. */
const SHOWN_AT_FIRST = 25;

const modeColors = {
  required: { backgroundColor: 'neutral150', textColor: 'neutral700' },
  'opt-out': { backgroundColor: 'alternative100', textColor: 'alternative700' },
  'opt-in': { backgroundColor: 'success100', textColor: 'success700' },
} as const satisfies Record<CategoryMode, object>;

interface Props {
  /** null: the items without a category. */
  category: CategorySummary | null;
  items: TrackingItemSummary[];
  /** Key of the site, if its visitors can be asked again about this category. */
  askAgainOn: string | null;
}

/** A category and its tracking items. */
export const CategoryPanel = ({ category, items, askAgainOn }: Props) => {
  const text = useText();
  const editPath = useEditPath();
  const [all, setAll] = useState(false);
  const shown = all ? items : items.slice(0, SHOWN_AT_FIRST);

  return (
    <Panel
      title={
        category ? (
          <EntryLink to={editPath('category', category.documentId)}>{category.name}</EntryLink>
        ) : (
          text('category.unclassified')
        )
      }
      note={
        category && (
          <>
            <Badge {...modeColors[category.mode]}>{text(`mode.${category.mode}`)}</Badge>
            <Typography variant="pi" textColor="neutral600">
              <code>{category.key}</code>
              {' · '}
              {category.revision === null
                ? text('category.unpublished')
                : text('category.revision', { revision: category.revision })}
              {category.missingLocales.length > 0 && (
                <>
                  {' · '}
                  <MissingLocales locales={category.missingLocales} />
                </>
              )}
            </Typography>
          </>
        )
      }
      actions={category && askAgainOn && <AskAgainButton site={askAgainOn} category={category} />}
    >
      {!category && (
        <Typography tag="p" textColor="neutral600" paddingBottom={4}>
          {text('category.unclassifiedExplain')}
        </Typography>
      )}
      {items.length > 0 ? (
        <ItemTable items={shown} />
      ) : (
        <Flex gap={2} wrap="wrap">
          <Typography textColor="neutral600">{text('category.empty')}</Typography>
          <EntryLink to={editPath('tracking-item', 'create')}>{text('items.add')}</EntryLink>
        </Flex>
      )}
      {shown.length < items.length && (
        <Flex justifyContent="center" paddingTop={4}>
          <Button variant="tertiary" onClick={() => setAll(true)}>
            {text('items.showAll', { count: items.length })}
          </Button>
        </Flex>
      )}
    </Panel>
  );
};
