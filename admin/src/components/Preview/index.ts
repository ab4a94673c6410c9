export { Preview, type PreviewProps } from './Preview';
export { PreviewControls, useLooking, type Looking } from './PreviewControls';
