/** A style sheet: the build hands it over minified, as text. */
declare module '*.css' {
  const css: string;
  export default css;
}
