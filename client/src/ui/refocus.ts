/** Puts the focus where reading goes on: on `target`, else on the page's main content; never on nothing, as removing the focused element would. */
export const refocus = (target?: Element | null): void => {
  const place = (
    target?.isConnected && target !== document.body
      ? target
      : (document.querySelector('main,[role=main],h1') ?? document.body)
  ) as HTMLElement;
  const focus = () => place.focus({ preventScroll: true });
  focus();
  if (document.activeElement !== place) {
    place.tabIndex = -1;
    place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true });
    focus();
  }
};
