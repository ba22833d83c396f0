/** What the build makes of imported files that are not scripts. */

declare module '*.css' {
  const text: string;
  export default text;
}

declare module '*.ftl' {
  const messages: import('./types.js').Messages;
  export default messages;
}
