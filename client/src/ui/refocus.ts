/** Puts the focus on the page's main content, where reading goes on: removing what has the focus would put it nowhere. */
export const refocus = (): void => {
  const place = document.querySelector<HTMLElement>('main,[role=main],h1') ?? document.body;
  if (place.tabIndex < 0) place.tabIndex = -1;
  place.focus({ preventScroll: true });
};
