import { slimTextKeys, type ConsentConfig, type SlimConfig, type SlimTextKey, type Texts } from '../../../contract';

/** The part of a consent config that travels inside `client.js`. */
export const slimConfig = ({ texts, controller: _controller, categories, ...rest }: ConsentConfig): SlimConfig => ({
  ...rest,
  texts: Object.fromEntries(slimTextKeys.map((key) => [key, texts[key]])) as Pick<Texts, SlimTextKey>,
  categories: categories.map(({ description: _description, items, ...category }) => ({
    ...category,
    items: items.map(({ key }) => ({ key })),
  })),
});
