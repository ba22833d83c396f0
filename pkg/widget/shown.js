/**
 * Makes texts from others safe to show: characters that are invisible, change the direction or control something are
 * shown as their number, such as <U+202E>.
 */

const ACTING = /[^\P{Cc}\t\n]|[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e00ff}\u{e01f0}-\u{e0fff}]|\p{Noncharacter_Code_Point}/gu;

/** @param {string} text */
export const shown = (text) => text.replace(ACTING, (one) => `<U+${one.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}>`);
