import { listNotices, type NoticeRow } from "@/lib/regions/data-admin";
import { saveNotice } from "@/lib/regions/commands";
import { type NoticeInput, noticeInput } from "@/lib/regions/schema";
import { ACTIVE, CODE, hallRegister } from "../register";
import { zoneChoices } from "./references";

export const notices = hallRegister<NoticeRow, NoticeInput>({
  key: "notices",
  attributes: [
    CODE,
    { key: "text", kind: "longtext", label: "noticeText", list: true, required: true, wide: true, maxLength: 200 },
    { key: "textEn", kind: "longtext", label: "noticeTextEn", required: true, wide: true, maxLength: 300 },
    { key: "zone", kind: "choice", list: true, filter: true, hint: "noticeZone", choices: zoneChoices },
    { key: "endsAt", kind: "datetime", list: true, hint: "endsAt", format: "datetime" },
    { key: "state", kind: "choice", label: "noticeState", list: true, filter: true, form: false, choices: { values: ["shown", "ended", "off"], tones: { shown: "good", ended: "neutral", off: "neutral" } } },
    { ...ACTIVE, list: false, filter: false },
  ],
  schema: noticeInput, read: listNotices, save: saveNotice,
});
