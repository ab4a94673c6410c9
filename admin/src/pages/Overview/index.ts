export { OverviewContent as default } from './OverviewContent';
