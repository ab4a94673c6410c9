import type { CategoryCounts, DayCounts } from '../../../../contract';

/** Whole percents that were allowed; null if nobody decided. */
export const percentOf = ({ granted, refused }: Pick<CategoryCounts, 'granted' | 'refused'>): number | null =>
  granted + refused === 0 ? null : Math.round((100 * granted) / (granted + refused));

/** Some days together. */
export interface Bucket {
  /** First and last day, `YYYY-MM-DD`. */
  first: string;
  last: string;
  decisions: number;
  /** Whole percents by category; null where nobody decided. */
  percents: Record<string, number | null>;
}

/** Days put together so that there are at most `most` of them. */
export const bucketsOf = (days: DayCounts[], most: number): Bucket[] => {
  const size = Math.max(1, Math.ceil(days.length / most));
  return Array.from({ length: Math.ceil(days.length / size) }, (_, index) => {
    const part = days.slice(index * size, (index + 1) * size);
    const sums = new Map<string, { granted: number; refused: number }>();
    for (const { categories } of part)
      for (const { category, granted, refused } of categories) {
        const sum = sums.get(category) ?? { granted: 0, refused: 0 };
        sums.set(category, { granted: sum.granted + granted, refused: sum.refused + refused });
      }
    return {
      first: part[0]!.day,
      last: part.at(-1)!.day,
      decisions: part.reduce((sum, { decisions }) => sum + decisions, 0),
      percents: Object.fromEntries([...sums].map(([category, sum]) => [category, percentOf(sum)])),
    };
  });
};
