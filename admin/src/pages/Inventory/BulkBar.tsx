import { Button, Dialog, Flex, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { Trash } from '@strapi/icons';
import { ConfirmDialog } from '@strapi/strapi/admin';
import { UNCLASSIFIED_ITEMS, type InventoryCategory } from '../../../../contract';
import { useBulkMutation } from '../../api/inventory';
import { useNotify } from '../../hooks/useNotify';
import { useText } from '../../hooks/useText';

interface Props {
  selected: string[];
  categories: InventoryCategory[];
  onMove: (category: string | null) => void;
  onDone: () => void;
}

/** What can be done with all selected items at once. */
const BulkBar = ({ selected, categories, onMove, onDone }: Props) => {
  const text = useText();
  const notify = useNotify();
  const [change, { isLoading }] = useBulkMutation();
  const count = selected.length;

  const run = async (action: 'enable' | 'disable' | 'delete') => {
    const result = await change({ items: selected, action });
    if ('error' in result) return notify.failed(result.error);
    notify.done(text(`bulk.${action}.done`, { count: result.data?.changed ?? count }));
    onDone();
  };

  return (
    <Flex gap={2} wrap="wrap" role="group" aria-label={text('bulk.label')}>
      <Typography textColor="neutral600">{text('bulk.selected', { count })}</Typography>
      <Button size="S" variant="tertiary" disabled={isLoading} onClick={() => run('enable')}>
        {text('bulk.enable')}
      </Button>
      <Button size="S" variant="tertiary" disabled={isLoading} onClick={() => run('disable')}>
        {text('bulk.disable')}
      </Button>
      <SingleSelect
        size="S"
        aria-label={text('bulk.move')}
        placeholder={text('bulk.move')}
        value=""
        disabled={isLoading}
        onChange={(id) => onMove(id === UNCLASSIFIED_ITEMS ? null : String(id))}
      >
        {[
          ...categories.map(({ documentId, name }) => ({ id: documentId, name })),
          { id: UNCLASSIFIED_ITEMS, name: text('inventory.unclassified') },
        ].map(({ id, name }) => (
          <SingleSelectOption key={id} value={id}>
            {name}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      <Dialog.Root>
        <Dialog.Trigger>
          <Button size="S" variant="danger-light" startIcon={<Trash />} disabled={isLoading}>
            {text('bulk.delete')}
          </Button>
        </Dialog.Trigger>
        <ConfirmDialog title={text('bulk.delete.title', { count })} onConfirm={() => run('delete')}>
          <Typography textAlign="center">{text('bulk.delete.explain')}</Typography>
        </ConfirmDialog>
      </Dialog.Root>
    </Flex>
  );
};

export default BulkBar;
