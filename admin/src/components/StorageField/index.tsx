import type { ComponentType } from 'react';
import { DeskTexts } from '../../texts/DeskTexts';
import { StorageField, type StorageFieldProps } from './StorageField';

const StorageInput = (props: StorageFieldProps) => (
  <DeskTexts>
    <StorageField {...props} />
  </DeskTexts>
);

// Strapi types the input of a custom field as a component without props; the Content Manager gives it those of a form input.
export default StorageInput as ComponentType;
