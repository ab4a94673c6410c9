/** Puts the focus where reading goes on: on `target`, or else on the page's main content. Removing what has the focus would put it nowhere. */
export const refocus = (target: Element = document.querySelector('main,[role=main],h1') ?? document.body): void => {
  const place = target as HTMLElement;
  place.focus({ preventScroll: true });
  if (document.activeElement === place) return;
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
  place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true });
};
