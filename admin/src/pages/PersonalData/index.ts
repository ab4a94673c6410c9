export { PersonalDataPage as default } from './PersonalDataPage';
