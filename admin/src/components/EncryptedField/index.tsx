import type { ComponentType } from 'react';
import { DeskTexts, type LoadTexts } from '../../texts/DeskTexts';
import { EncryptedField, type EncryptedFieldProps } from './EncryptedField';

const texts: LoadTexts = (locale) => import(`../../translations/fields/${locale}.json`).then((file) => file.default);

const EncryptedInput = (props: EncryptedFieldProps) => (
  <DeskTexts more={texts}>
    <EncryptedField {...props} />
  </DeskTexts>
);

// Strapi types the input of a custom field as a component without props; the Content Manager gives it those of a form input.
export default EncryptedInput as ComponentType;
