/**
 * Passwords that are tried first, in lower case. Only those that would pass the length rule are listed: all shorter ones
 * of the usual top lists are refused by length already.
 */
const ROOTS = [
  "password", "passw0rd", "p@ssword", "p@ssw0rd", "qwertyuiop", "qwerty", "asdfghjkl", "zxcvbnm", "iloveyou", "welcome", "admin", "administrator", "root", "letmein", "monkey", "dragon",
  "football", "baseball", "sunshine", "princess", "superman", "batman", "trustno1", "starwars", "whatever", "computer", "michael", "jordan", "hunter", "master", "shadow", "changeme",
  "woaini", "woaini1314", "5201314", "zhangwei", "beijing", "shanghai", "zhongguo", "china", "yiting", "zhengwu", "dating", "government", "abc", "abcd", "abcdef", "a", "aa", "test", "guest", "user", "login", "hello", "secret", "q1w2e3r4", "1q2w3e4r", "1qaz2wsx", "qazwsx", "qaz", "wang", "li", "zhang",
];
const TAILS = ["", "1", "12", "123", "1234", "12345", "123456", "1234567", "12345678", "123456789", "1234567890", "!", "!1", "1!", "123!", "@123", "@1234", "@12345", "#123", "2020", "2021", "2022", "2023", "2024", "2025", "2026", "@2024", "@2025", "@2026", "123.", "123456!", "888888", "666666", "111111", "000000"];

export const COMMON_PASSWORDS: ReadonlySet<string> = new Set([
  ...ROOTS.flatMap((root) => TAILS.map((tail) => root + tail)), ...ROOTS.flatMap((root) => ROOTS.map((other) => root + other)),
  ..."0123456789".split("").flatMap((digit) => [10, 11, 12].map((length) => digit.repeat(length))), "1234567890", "0123456789", "0987654321", "1234567891", "12345678910", "123123123123", "1q2w3e4r5t", "1q2w3e4r5t6y", "1qaz2wsx3edc", "qwer1234asdf", "zaq12wsxcde3",
]);
