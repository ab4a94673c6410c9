export { DataRequestsPage as default } from './DataRequestsPage';
