import {
  slimTextKeys,
  type Category,
  type ConsentConfig,
  type SlimConfig,
  type SlimTextKey,
  type Texts,
} from '../../../contract';

/** A consent config as far as it matters here. */
export type SlimmableConfig = Omit<ConsentConfig, 'categories'> & {
  categories: (Omit<Category, 'items'> & { items: readonly { key: string }[] })[];
};

/** The part of a consent config that travels inside `client.js`. */
export const slimConfig = ({ texts, controller: _controller, categories, ...rest }: SlimmableConfig): SlimConfig => ({
  ...rest,
  texts: Object.fromEntries(slimTextKeys.map((key) => [key, texts[key]])) as Pick<Texts, SlimTextKey>,
  categories: categories.map(({ description: _description, items, ...category }) => ({
    ...category,
    items: items.map(({ key }) => ({ key })),
  })),
});
