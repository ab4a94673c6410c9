import { Button, Flex, Modal } from '@strapi/design-system';
import { useMapEntryQuery } from '../../api/personalData';
import { Drawer, DrawerBody } from '../../components/Drawer';
import { Loaded } from '../../components/PageStates';
import { usePanel } from '../../hooks/usePanel';
import { useText } from '../../hooks/useText';
import { MappingFacts } from './MappingFacts';
import { MappingForm } from './MappingForm';
import { MapNotes } from './MapNotes';
import { Notice } from './Notice';

interface Props {
  uid: string;
  onClose: () => void;
}

/** What a content type holds of persons: to be edited, or to be read where the config says it or the role may not. */
const MappingDrawer = ({ uid, onClose }: Props) => {
  const text = useText();
  const { can } = usePanel();
  const query = useMapEntryQuery(uid, { refetchOnMountOrArgChange: true });
  const entry = query.currentData;
  const editable = can('personal-data.write') && entry?.source !== 'config';

  if (entry && editable)
    return <MappingForm key={entry.version} entry={entry} onClose={onClose} onReload={() => void query.refetch()} />;
  return (
    <Drawer title={entry?.name ?? text('state.loading')} onClose={onClose}>
      <DrawerBody>
        <Loaded query={query} failed={text('personal.failed')}>
          {(details) => (
            <Flex direction="column" alignItems="stretch" gap={5}>
              <Notice
                variant="info"
                title={text(details.source === 'config' ? 'personal.entry.config' : 'personal.entry.readOnly')}
              />
              <MapNotes entry={details} />
              <MappingFacts entry={details} />
            </Flex>
          )}
        </Loaded>
      </DrawerBody>
      <Modal.Footer>
        <Button variant="tertiary" onClick={onClose}>
          {text('entry.close')}
        </Button>
      </Modal.Footer>
    </Drawer>
  );
};

export default MappingDrawer;
