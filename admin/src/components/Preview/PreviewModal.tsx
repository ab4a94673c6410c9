import { Box, Modal } from '@strapi/design-system';
import type { ConsentConfig, PreviewView } from '../../../../contract';
import { Loaded, type QueryState } from '../PageStates';
import { Preview, PreviewControls, useLooking } from '.';
import { useText } from '../../hooks/useText';

interface Props {
  title: string;
  locales: string[];
  locale: string;
  onLocale: (locale: string) => void;
  query: QueryState<ConsentConfig>;
  /** What is shown at first. */
  view?: PreviewView;
  onClose: () => void;
}

/** A config as visitors see it, in each language and on each device. */
export const PreviewModal = ({ title, locales, locale, onLocale, query, view, onClose }: Props) => {
  const text = useText();
  const [looking, setLooking] = useLooking(view);
  return (
    <Modal.Root open onOpenChange={(open: boolean) => void (open || onClose())}>
      <Modal.Content>
        <Modal.Header>
          <Modal.Title>{title}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Box paddingBottom={4}>
            <PreviewControls
              looking={looking}
              onLooking={setLooking}
              locales={locales}
              locale={locale}
              onLocale={onLocale}
            />
          </Box>
          <Loaded query={query} failed={text('preview.failed')}>
            {(config) => <Preview title={title} config={config} {...looking} />}
          </Loaded>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
};
