import type { Chunks } from '../core/desk';

const SVG = 'http://www.w3.org/2000/svg';

/** The opt-out icon that California's rules ask for beside the link (11 CCR § 7015): half a pill says yes, half says no. Ours, as paths: what, fill, stroke. */
const paths = [
  ['M7 .5h16a6.5 6.5 0 0 1 0 13H7a6.5 6.5 0 0 1 0-13z', '#fff', '#06f'],
  ['M17.5.5H23a6.5 6.5 0 0 1 0 13h-8.7z', '#06f'],
  ['m5.5 7.4 2.4 2.3 4.2-5', 'none', '#06f'],
  ['m18.9 4.7 4.6 4.6m0-4.6-4.6 4.6', 'none', '#fff'],
] as const;

/** An element with attributes: names and values in turns. */
const draw = (tag: string, ...attributes: string[]) => {
  const node = document.createElementNS(SVG, tag) as SVGElement;
  for (let i = 0; i < attributes.length; i += 2) node.setAttribute(attributes[i]!, attributes[i + 1]!);
  return node;
};

/**
 * Makes `<a data-privacy="choices" data-privacy-action="open-settings">` what the visitor's regime asks for:
 * "Your Privacy Choices" with its icon under `opt-out`, elsewhere the ordinary link to the settings.
 */
export default {
  show({ config: { regime, texts, locale } }, target) {
    const link = target as HTMLElement;
    if (link.dataset.privacyPart) return;
    link.dataset.privacyPart = 'privacy-choices';
    link.lang = locale;
    const optOut = regime === 'opt-out';
    link.textContent = optOut ? texts.privacyChoices : texts.openSettings;
    if (!optOut) return;
    const icon = draw('svg', 'viewBox', '0 0 30 14', 'aria-hidden', 'true');
    // Not by attribute: an icon of a site's own style sheet would be sized by it.
    Object.assign(icon.style, { width: 'auto', height: '.875em', marginInlineEnd: '.4em', verticalAlign: '-.08em' });
    for (const [d, fill, stroke = 'none'] of paths)
      icon.append(draw('path', 'd', d, 'fill', fill, 'stroke', stroke, 'stroke-width', stroke === fill ? '1' : '1.4'));
    link.prepend(icon);
  },
} satisfies Chunks['choices'];
