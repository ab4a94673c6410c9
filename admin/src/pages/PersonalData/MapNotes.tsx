import { Flex, Typography } from '@strapi/design-system';
import type { MapEntry, MapNote } from '../../../../contract';
import { useText } from '../../hooks/useText';
import { Notice } from './Notice';

const List = ({ notes }: { notes: { path: string | null; message: string }[] }) => {
  const text = useText();
  return (
    <Flex tag="ul" direction="column" alignItems="stretch" gap={1}>
      {notes.map(({ path, message }) => (
        <li key={`${path} ${message}`}>
          <Typography textColor="neutral800">
            {path === null ? text('personal.entry.wholeType') : <code>{path}</code>}: {message}
          </Typography>
        </li>
      ))}
    </Flex>
  );
};

/** What does not fit any more, and what looks personal and is not mapped. */
export const MapNotes = ({ entry }: { entry: Pick<MapEntry, 'problems' | 'warnings' | 'mapping'> }) => {
  const text = useText();
  const { problems, warnings, mapping } = entry;
  const inWords = ({ path }: MapNote) =>
    text(path === null ? 'personal.entry.leadsToPerson' : 'personal.entry.looksPersonal');
  return (
    <>
      {problems.length > 0 && (
        <Notice variant="danger" title={text('personal.entry.broken')}>
          <List notes={problems} />
        </Notice>
      )}
      {mapping && warnings.length > 0 && (
        <Notice variant="warning" title={text('personal.entry.warnings')}>
          <List notes={warnings.map((note) => ({ path: note.path, message: inWords(note) }))} />
        </Notice>
      )}
    </>
  );
};
