export { SetupPage as default } from './SetupPage';
