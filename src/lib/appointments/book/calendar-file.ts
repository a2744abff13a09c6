import type { Appointment } from "../schema";

const stamp = (time: string): string => `${new Date(time).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
const escape = (text: string): string => text.replace(/([\\;,])/g, "\\$1").replace(/\r?\n/g, "\\n");

/** Folds at 75 octets as RFC 5545 3.1 asks for, never within a character. */
function fold(line: string): string {
  const parts: string[] = [];
  let part = "";
  for (const character of line) {
    if (Buffer.byteLength(part + character) > (parts.length === 0 ? 75 : 74)) {
      parts.push(part);
      part = "";
    }
    part += character;
  }
  return [...parts, part].join("\r\n ");
}

/** A booking as a calendar file (RFC 5545) with a reminder an hour before; a cancelled one takes itself out again. */
export function calendarFile(appointment: Appointment, texts: { title: string; place: string; description: string; link: string }, now: string): string {
  const cancelled = appointment.state === "cancelled";
  return [
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Yiting//Booking//ZH", `METHOD:${cancelled ? "CANCEL" : "PUBLISH"}`, "BEGIN:VEVENT",
    `UID:${appointment.hall}-${appointment.id}@yiting`, `DTSTAMP:${stamp(now)}`, `DTSTART:${stamp(appointment.start)}`, `DTEND:${stamp(appointment.end)}`,
    `SUMMARY:${escape(texts.title)}`, `LOCATION:${escape(texts.place)}`, `DESCRIPTION:${escape(texts.description)}`, `URL:${texts.link}`, `STATUS:${cancelled ? "CANCELLED" : "CONFIRMED"}`,
    "BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${escape(texts.title)}`, "TRIGGER:-PT1H", "END:VALARM", "END:VEVENT", "END:VCALENDAR", "",
  ].map(fold).join("\r\n");
}
