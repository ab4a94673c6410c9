import { Button, Flex, Loader, Status, Typography } from '@strapi/design-system';
import { Eye } from '@strapi/icons';
import { useForm } from '@strapi/strapi/admin';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useEntryStateQuery } from '../api/panel';
import { EntryLink } from '../components/EntryLink';
import { useEditedLocale } from '../hooks/useEditedLocale';
import { usePanel } from '../hooks/usePanel';
import { useSite } from '../hooks/useSite';
import { useText } from '../hooks/useText';
import { PLUGIN_ID } from '../pluginId';
import { DeskTexts } from '../texts/DeskTexts';

const DraftPreview = lazy(() => import('../components/Preview/DraftPreview'));

const variants = {
  live: 'success',
  'by-hand': 'secondary',
  off: 'secondary',
  'held-back': 'danger',
  never: 'secondary',
} as const;

/** Publishing follows a save within moments. */
const PUBLISHED_AFTER_MS = 1500;

const page = `/plugins/${PLUGIN_ID}`;
const links = {
  category: (documentId: string) => `${page}/inventory?category=${documentId}`,
  'tracking-item': (documentId: string) => `${page}/inventory?item=${documentId}`,
  site: () => page,
} as const;

/** Where visitors meet it. */
const views = { category: 'dialog', 'tracking-item': 'dialog', site: 'banner' } as const;

interface PreviewProps {
  type: keyof typeof views;
  /** Keys of the sites that the entry is on. */
  sites: string[];
}

/** What visitors see of an entry as it is saved, in the language that is edited. */
const EntryPreview = ({ type, sites }: PreviewProps) => {
  const text = useText();
  const { can, locales } = usePanel();
  const { site } = useSite();
  const locale = useEditedLocale();
  const [open, setOpen] = useState(false);
  const shown = sites.find((key) => key === site?.key) ?? sites[0];
  if (!shown || !can('publishing.read')) return null;
  const codes = locales.map(({ code }) => code);
  return (
    <>
      <Button variant="tertiary" fullWidth startIcon={<Eye />} onClick={() => setOpen(true)}>
        {text('publish.preview')}
      </Button>
      {open && (
        <Suspense>
          <DraftPreview
            site={shown}
            locales={codes}
            first={codes.find((code) => code === locale) ?? codes[0]!}
            view={views[type]}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
};

interface Props {
  /** `category`, `tracking-item` or `site`. */
  type: string;
  documentId: string;
}

const Content = ({ type, documentId }: Props) => {
  const text = useText();
  const { data, error, refetch } = useEntryStateQuery({ type, documentId }, { refetchOnMountOrArgChange: true });
  const saved = useForm('EntryPanel', ({ initialValues }) => initialValues);
  const first = useRef(saved);
  useEffect(() => {
    if (saved === first.current) return;
    const later = setTimeout(() => void refetch(), PUBLISHED_AFTER_MS);
    return () => clearTimeout(later);
  }, [saved, refetch]);

  if (error)
    return (
      <Typography variant="pi" textColor="neutral600">
        {text((error as { status?: number }).status === 403 ? 'state.noPermission' : 'side.failed')}
      </Typography>
    );
  if (!data) return <Loader small>{text('state.loading')}</Loader>;
  const { state, problems, missingLocales, sites } = data;
  const shown = type as keyof typeof links;
  return (
    <Flex direction="column" alignItems="stretch" gap={3} width="100%">
      <Status variant={variants[state]} size="S" width="fit-content">
        <Typography variant="pi">{text(`side.state.${state}`)}</Typography>
      </Status>
      {problems.map(({ field, locale, message }) => (
        <Typography key={field + locale} tag="p" variant="pi" textColor="danger600">
          <code>{field}</code> ({locale}): {message}
        </Typography>
      ))}
      <Typography tag="p" variant="pi" textColor="neutral600">
        {missingLocales.length ? text('side.missing', { locales: missingLocales.join(', ') }) : text('side.complete')}
      </Typography>
      {shown in links && (
        <>
          <EntryPreview type={shown} sites={sites} />
          <EntryLink to={links[shown](documentId)}>{text(`side.open.${shown}`)}</EntryLink>
        </>
      )}
    </Flex>
  );
};

/** Whether an entry is live, what its translations lack, what visitors see of it, and the way to our pages. */
const EntryPanel = (props: Props) => (
  <DeskTexts>
    <Content {...props} />
  </DeskTexts>
);

export default EntryPanel;
