import { screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { Preview } from '../../admin/src/components/Preview';
import { consentConfig } from '../fixtures/consent-config';
import { renderAdmin } from '../support/admin';

const config = consentConfig('en');

const Page = () => {
  const [accent, setAccent] = useState('#0b5cad');
  return (
    <>
      <Preview config={{ ...config, theme: { tokens: { accent } } }} title="Preview" />
      <button onClick={() => setAccent('#b00020')}>red</button>
      <button onClick={() => setAccent('#0b5cad')}>blue</button>
    </>
  );
};

const frames = () => screen.getAllByTitle('Preview');

describe('The preview', () => {
  it('is drawn again when the config changes, and not when it changes back before that is ready', async () => {
    const { user } = renderAdmin(<Page />);
    const [blue] = frames();
    await user.click(screen.getByText('red'));
    await waitFor(() => expect(frames()).toHaveLength(2));
    await user.click(screen.getByText('blue'));
    await waitFor(() => expect(frames()).toEqual([blue]));
    expect(document.querySelector('[data-preview="current"]')).not.toBeNull();
  });
});
