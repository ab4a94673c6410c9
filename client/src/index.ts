export type { Change, PrivacyDesk, Receipt, Source } from './core/api';
