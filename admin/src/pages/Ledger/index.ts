export { LedgerPage as default } from './LedgerPage';
