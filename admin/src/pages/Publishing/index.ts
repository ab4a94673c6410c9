export { PublishingPage as default } from './PublishingPage';
