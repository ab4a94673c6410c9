import { createStub } from './stub';

(window as { privacyDesk?: unknown }).privacyDesk ??= createStub();
