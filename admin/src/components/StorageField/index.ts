import type { ComponentType } from 'react';
import { StorageField } from './StorageField';

// Strapi types the input of a custom field as a component without props; the Content Manager gives it those of a form input.
export default StorageField as ComponentType;
