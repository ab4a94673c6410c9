import { screen } from '@testing-library/react';
import '@testing-library/jest-dom';
import { ConsentFigures } from '../../admin/src/components/ConsentFigures';
import type { LedgerStatistics } from '../../contract';
import { renderAdmin } from '../support/admin';

const figures = (decisions: number): LedgerStatistics => ({
  site: 'default',
  from: '2026-10-25',
  to: '2026-11-23',
  decisions,
  categories: [
    { category: 'STATISTICS', granted: 3, refused: 1 },
    { category: 'NEVER', granted: 0, refused: 0 },
  ],
  categoryNames: { STATISTICS: 'Statistics' },
  impressions: null,
  days: [
    { day: '2026-11-22', decisions: 1, categories: [], impressions: 0 },
    { day: '2026-11-23', decisions: 3, categories: [], impressions: 0 },
  ],
  sources: [],
  locales: [],
  regimes: [],
  versions: [],
  filters: { locales: [], regimes: [], sources: [] },
});

describe('consent figures', () => {
  it('say how many decided, and how many of them allow what', () => {
    renderAdmin(<ConsentFigures figures={figures(4)} />);
    expect(screen.getByText('4 decisions in 30 days')).toBeVisible();
    expect(screen.getByText('75% allow it')).toBeVisible();
    expect(screen.getByRole('progressbar', { name: 'How many allow Statistics' })).toHaveValue(0.75);
    expect(screen.getByRole('img', { name: /from Oct 25, 2026 to Nov 23, 2026, 3 at most/ })).toBeVisible();
    expect(screen.queryByText('NEVER')).not.toBeInTheDocument();
  });

  it('have no days where there is little room', () => {
    renderAdmin(<ConsentFigures brief figures={figures(4)} />);
    expect(screen.getByText('75% allow it')).toBeVisible();
    expect(screen.queryByRole('img')).not.toBeInTheDocument();
  });

  it('say when nobody decided', () => {
    renderAdmin(<ConsentFigures figures={figures(0)} />);
    expect(screen.getByText('Nobody has decided in the last 30 days.')).toBeVisible();
  });
});
