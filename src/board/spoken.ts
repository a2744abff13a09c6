/** What an announcement says. Digits one by one: over a loudspeaker 十五 and 四五 are one sound. */

const DIGITS = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

const spellChinese = (code: string): string => [...code].map((sign) => DIGITS[sign.charCodeAt(0) - 48] ?? sign).join(" ");

/** 请 A 零 零 一 号到 A 零 一 号窗口 */
export const announceChinese = (number: string, window: string): string => `请 ${spellChinese(number)} 号到 ${spellChinese(window)} 号窗口`;

export const announceEnglish = (number: string, window: string): string => `Number ${[...number].join(" ")}, please go to window ${[...window].join(" ")}`;
