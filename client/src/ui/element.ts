type Child = Node | string | false | null | undefined;

/** A new element. `true` is an attribute without value; what is false, empty or absent is left out. */
export const element = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string | boolean | undefined>,
  ...children: Child[]
): HTMLElementTagNameMap[Tag] => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value) node.setAttribute(name, value === true ? '' : value);
  node.append(...children.filter((child): child is Node | string => !!child));
  return node;
};
