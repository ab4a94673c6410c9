'use client';

import { useConsent } from 'privacy-desk-client/react';

/** What the visitor allows, and the way to change it that every page must have. */
export const Choice = () => {
  const { ready, decided, preferences, openSettings, withdraw } = useConsent();
  return (
    <section aria-label="Your choice">
      <p id="choice">
        {ready
          ? `${decided ? 'You have decided' : 'You have not decided yet'}: ${Object.entries(preferences)
              .map(([key, allowed]) => `${key} ${allowed ? 'on' : 'off'}`)
              .join(', ')}.`
          : 'Everything optional is off.'}
      </p>
      <button type="button" onClick={() => openSettings()}>
        Privacy settings
      </button>{' '}
      <button type="button" onClick={withdraw}>
        Withdraw
      </button>
    </section>
  );
};
