import type { PrivacyDesk } from '../../client/src/core/api';

declare global {
  interface Window {
    privacyDesk: PrivacyDesk;
  }
}
