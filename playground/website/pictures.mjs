/** The shop's drawings, as SVG: nothing is loaded from elsewhere. Colours that follow the page come from site.css by class. */

export const logo = `<svg class="star" viewBox="0 0 32 32" aria-hidden="true"><path d="M16 2l2.6 9.6L28 16l-9.4 4.4L16 30l-2.6-9.6L4 16l9.4-4.4z"/></svg>`;

export const scene = `<svg class="scene" viewBox="0 0 640 480" aria-hidden="true">
  <defs>
    <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#12233a"/><stop offset=".62" stop-color="#2c4a5a"/><stop offset="1" stop-color="#e0a07a"/></linearGradient>
    <linearGradient id="ribbon" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="#7fe0b5" stop-opacity="0"/><stop offset=".5" stop-color="#9df0c4" stop-opacity=".75"/><stop offset="1" stop-color="#7fb8e0" stop-opacity="0"/></linearGradient>
    <linearGradient id="cup" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="#fdf8f0"/><stop offset="1" stop-color="#d9c7b2"/></linearGradient>
    <clipPath id="frame"><rect width="640" height="480" rx="28"/></clipPath>
  </defs>
  <g clip-path="url(#frame)">
    <rect width="640" height="480" fill="url(#sky)"/>
    <g fill="#fff" opacity=".8"><circle cx="70" cy="60" r="1.6"/><circle cx="150" cy="110" r="1.2"/><circle cx="236" cy="44" r="1.8"/><circle cx="402" cy="66" r="1.3"/><circle cx="520" cy="40" r="1.8"/><circle cx="590" cy="120" r="1.2"/><circle cx="470" cy="130" r="1.1"/><circle cx="318" cy="96" r="1.1"/></g>
    <g fill="none" stroke="url(#ribbon)" stroke-linecap="round"><path d="M-20 190C110 90 220 230 350 130S560 60 680 120" stroke-width="34"/><path d="M-20 240C120 150 260 260 380 180S560 130 680 180" stroke-width="18" opacity=".7"/></g>
    <path d="M0 330l90-84 66 54 92-110 118 128 74-62 104 92 96-58v190H0z" fill="#1c2f3d" opacity=".85"/>
    <path d="M0 372l120-52 130 44 150-60 120 46 120-34v164H0z" fill="#15222c"/>
    <rect y="404" width="640" height="76" fill="#3a2418"/><rect y="404" width="640" height="6" fill="#6b432c"/>
    <g fill="none" stroke="#fff" stroke-width="7" stroke-linecap="round" opacity=".55"><path d="M292 252c-22-26 20-38 0-66"/><path d="M330 246c-22-28 22-42 0-74"/><path d="M368 252c-22-26 20-38 0-66"/></g>
    <path d="M420 300h26c34 0 34 62-4 62h-34" fill="none" stroke="#d9c7b2" stroke-width="15"/>
    <path d="M236 272h188l-14 106c-3 22-16 32-38 32h-84c-22 0-35-10-38-32z" fill="url(#cup)"/>
    <ellipse cx="330" cy="272" rx="94" ry="17" fill="#efe3d3"/><ellipse cx="330" cy="273" rx="82" ry="12" fill="#4b2a1a"/>
    <path d="M330 318l5 18 17 8-17 8-5 18-5-18-17-8 17-8z" fill="#8f4a24"/>
  </g>
</svg>`;

const shades = [
  ['#c9673a', '#f7d9b8'],
  ['#3f6b63', '#d9ead3'],
  ['#37415f', '#cdd6f4'],
];

/** The bag of the nth coffee. */
export const bag = (index) => {
  const [body, label] = shades[index];
  return `<svg class="bag" viewBox="0 0 200 220" aria-hidden="true">
  <ellipse cx="100" cy="206" rx="66" ry="8" fill="#000" opacity=".12"/>
  <path d="M46 40h108l10 156c0 6-4 10-10 10H46c-6 0-10-4-10-10z" fill="${body}"/>
  <path d="M46 40h108l2 24H44z" fill="#000" opacity=".18"/><path d="M52 22h96l6 18H46z" fill="${body}"/><path d="M52 22h96l2 6H50z" fill="#fff" opacity=".3"/>
  <rect x="58" y="88" width="84" height="84" rx="6" fill="${label}"/>
  <path d="M100 100l5 19 18 9-18 9-5 19-5-19-18-9 18-9z" fill="${body}"/>
  <path d="M140 40l14 0 10 160c0 3-2 6-5 6h-14z" fill="#000" opacity=".1"/>
</svg>`;
};

/** A partner's banner, answered as a file of its own so that it can be gated. */
export const ad = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 970 180" width="970" height="180">
  <defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#f2c094"/><stop offset="1" stop-color="#c9673a"/></linearGradient></defs>
  <rect width="970" height="180" rx="16" fill="url(#g)"/>
  <g transform="translate(120 92)" fill="none" stroke="#3a1d0e" stroke-width="9"><circle r="46"/><circle r="20"/><path d="M0-46V-72M0-72h52" stroke-linecap="round"/><circle cx="56" cy="-72" r="9" fill="#3a1d0e"/></g>
  <g fill="#3a1d0e" font-family="Georgia, 'Liberation Serif', serif"><text x="230" y="88" font-size="44" font-weight="700">Copperline hand grinders</text><text x="230" y="130" font-size="25">Forty clicks from espresso to filter.</text></g>
</svg>`;
