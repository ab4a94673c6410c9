export { AppearancePage as default } from './AppearancePage';
