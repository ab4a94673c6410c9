import { Drawer, DrawerBody } from '../../components/Drawer';
import { PresetList } from '../../components/PresetList';
import { useText } from '../../hooks/useText';

interface Props {
  onClose: () => void;
  onOpen: (documentId: string) => void;
}

/** The library of known services, beside the list. */
export const PresetLibrary = ({ onClose, onOpen }: Props) => {
  const text = useText();
  return (
    <Drawer title={text('presets.add')} onClose={onClose}>
      <DrawerBody>
        <PresetList onOpen={onOpen} />
      </DrawerBody>
    </Drawer>
  );
};

export default PresetLibrary;
