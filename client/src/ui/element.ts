type Attributes = Record<string, string | boolean | undefined>;

/** What `element` is made of: attributes (`true`: without value; false and absent ones are left out), text and nodes. */
export type Part = Node | string | false | null | undefined | Attributes;

/** A new element from its attributes and children, in any order. */
export const element = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  ...parts: Part[]
): HTMLElementTagNameMap[Tag] => {
  const node = document.createElement(tag);
  for (const part of parts)
    if (part)
      if (typeof part === 'string' || part instanceof Node) node.append(part);
      else for (const name in part) if (part[name]) node.setAttribute(name, part[name] as string);
  return node;
};
