import { lazy, Suspense, type ReactNode } from 'react';

const EntryPanel = lazy(() => import('./EntryPanel'));

const PREFIX = 'plugin::privacy-desk.';

interface Props {
  /** UID of the type that is edited. */
  model: string;
  /** Undefined while an entry is created. */
  documentId?: string;
}

/** What the Content Manager shows beside the form of a category, an item or a site; nothing beside other forms. */
export const sidePanel = ({ model, documentId }: Props): { title: string; content: ReactNode } | null =>
  model.startsWith(PREFIX) && documentId && documentId !== 'create'
    ? {
        title: 'Privacy Desk',
        content: (
          <Suspense>
            <EntryPanel key={documentId} type={model.slice(PREFIX.length)} documentId={documentId} />
          </Suspense>
        ),
      }
    : null;
