/** What may be shown of personal data by default (GB/T 35273—2020 7.2; domain.md section 7). Pure. */

/** Surnames of two characters in use; the others have one. */
const DOUBLE = ["欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "司徒", "夏侯", "轩辕", "宇文", "长孙", "端木", "百里", "呼延", "南宫", "申屠", "独孤", "鲜于", "闾丘", "公冶", "宗政", "濮阳", "淳于", "单于", "太叔", "仲孙", "钟离", "司空", "澹台", "赫连", "万俟", "闻人", "西门", "东郭", "拓跋"];

/** 王小明 → 王*明 is more than needed: the surname stays, the rest are stars (王**, 欧阳**). */
export function maskName(name: string): string {
  const text = name.trim();
  const characters = [...text];
  if (characters.length <= 1) return text;
  if (/^[\p{Script=Latin} .'-]+$/u.test(text)) return `${characters[0]}***`;
  const kept = DOUBLE.some((surname) => text.startsWith(surname)) && characters.length > 2 ? 2 : 1;
  return characters.slice(0, kept).join("") + "*".repeat(characters.length - kept);
}

/** 13812341234 → 138****1234 */
export const maskPhone = (phone: string): string => phone.length < 7 ? "*".repeat(phone.length) : `${phone.slice(0, 3)}${"*".repeat(phone.length - 7)}${phone.slice(-4)}`;

/** 11010519491231002X → 110105********002X: six in front, four behind. */
export const maskId = (id: string): string => id.length < 11 ? "*".repeat(id.length) : `${id.slice(0, 6)}${"*".repeat(id.length - 10)}${id.slice(-4)}`;
