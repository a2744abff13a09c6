import { saveChannel } from "@/lib/notify/channel/commands";
import { type ChannelInput, channelInput } from "@/lib/notify/channel/schema";
import { type ChannelRow, listChannels, listMessages, listQuietHours, listTemplates, type MessageRow, type QuietHoursRow, type TemplateRow } from "@/lib/notify/data-admin";
import { MESSAGE_KINDS, STATES } from "@/lib/notify/model";
import { publishTemplate, saveQuietHours } from "@/lib/notify/template/commands";
import { type QuietHoursInput, quietHoursInput, type TemplateInput, templateInput } from "@/lib/notify/template/schema";
import { ACTIVE, type Choices, CODE, hallList, hallRegister, NAME, NAME_EN, type Register, SORT } from "../register";

const kinds = { values: MESSAGE_KINDS } as const;
const channels: Choices = { from: async (db, place) => (place.hall ? (await listChannels(db, place.hall.id, { limit: 200 })).rows : []) };

/** Messages to visitors with what became of them (GD-6.1.2: log of sending). */
const messages = hallList<MessageRow>({
  key: "messages",
  attributes: [
    { key: "code", kind: "text", label: "messageNumber", list: true },
    { key: "createdAt", kind: "datetime", list: true },
    { key: "kind", kind: "choice", label: "messageKind", list: true, filter: true, choices: kinds },
    { key: "masked", kind: "text", label: "messageTo", list: true },
    { key: "channel", kind: "choice", label: "messageChannel", list: true, filter: true, choices: channels },
    { key: "state", kind: "choice", label: "messageState", list: true, filter: true, choices: { values: STATES, tones: { queued: "info", sending: "info", sent: "good", delivered: "good", failed: "bad", dropped: "warn" } } },
    { key: "attempts", kind: "number", label: "messageAttempts", list: true },
    { key: "error", kind: "choice", label: "messageError", list: true, choices: { values: ["expired", "withdrawn", "opted_out", "no_channel", "no_channel_left", "too_many_attempts", "rate", "timeout", "address_blocked", "address_wrong", "subscription_ended", "undeliverable", "answer_unreadable"] } },
    { key: "cost", kind: "number", label: "messageCost", unit: "yuan", list: true },
    { key: "sentAt", kind: "datetime", label: "messageSentAt" },
    { key: "deliveredAt", kind: "datetime", label: "messageDeliveredAt" },
    { key: "nextAt", kind: "datetime", label: "messageNextAt" },
    { key: "subject", kind: "text", label: "messageSubject" },
    { key: "test", kind: "flag", label: "messageTest", filter: true },
  ],
  read: listMessages,
});

/** By what messages go out, in the order of preference. */
const messageChannels = hallRegister<ChannelRow & { secret?: string }, ChannelInput>({
  key: "message-channels",
  attributes: [
    { ...CODE, hint: "deviceCode", format: "device", maxLength: 32 }, NAME, NAME_EN,
    { key: "kind", kind: "choice", label: "channelKind", list: true, filter: true, required: true, fixed: true, choices: { codes: "message_channel" } },
    { key: "address", kind: "text", label: "channelAddress", hint: "channelAddress", list: true, wide: true, maxLength: 300 },
    { key: "account", kind: "text", label: "channelAccount", maxLength: 200 },
    { key: "sender", kind: "text", label: "channelSender", hint: "channelSender", maxLength: 200 },
    { key: "secret", kind: "secret", label: "channelSecret", hint: "channelSecret", maxLength: 400 },
    { key: "secretAt", kind: "datetime", label: "channelSecretAt", form: false },
    { key: "costCents", kind: "number", label: "channelCost", unit: "cents", list: true, initial: "0" },
    { key: "ratePerMinute", kind: "number", label: "channelRate", unit: "perMinute", list: true, initial: "60" },
    SORT, ACTIVE,
  ],
  schema: channelInput, read: listChannels, save: saveChannel,
});

/** Texts of messages: one per kind, in both languages. */
const messageTemplates: Register = {
  ...hallRegister<TemplateRow, TemplateInput>({
    key: "message-templates",
    attributes: [
      { key: "code", kind: "choice", label: "messageKind", list: true, fixed: true, choices: kinds },
      { key: "own", kind: "flag", label: "templateOwn", list: true, filter: true, form: false },
      { key: "publishedAt", kind: "datetime", label: "templatePublishedAt", list: true, form: false },
      { key: "title", kind: "text", label: "templateTitle", required: true, maxLength: 60 },
      { key: "template", kind: "text", label: "templateGateway", hint: "templateGateway", maxLength: 64 },
      { key: "text", kind: "longtext", label: "templateText", hint: "templateText", list: true, required: true, wide: true, maxLength: 600 },
      { key: "titleEn", kind: "text", label: "templateTitleEn", required: true, maxLength: 60 },
      { key: "templateEn", kind: "text", label: "templateGatewayEn", maxLength: 64 },
      { key: "textEn", kind: "longtext", label: "templateTextEn", required: true, wide: true, maxLength: 600 },
    ],
    schema: templateInput, read: listTemplates, save: publishTemplate,
  }),
  creators: [],
};

/** Hours in which only what cannot wait is sent. */
const quietHours: Register = {
  ...hallRegister<QuietHoursRow, QuietHoursInput>({
    key: "quiet-hours",
    attributes: [
      { key: "code", kind: "text", label: "hall", list: true, fixed: true },
      { key: "quietFrom", kind: "text", list: true, required: true, format: "clock", maxLength: 5 },
      { key: "quietUntil", kind: "text", list: true, required: true, hint: "quietHours", format: "clock", maxLength: 5 },
    ],
    schema: quietHoursInput, read: listQuietHours, save: saveQuietHours,
  }),
  creators: [],
};

export const MESSAGE_REGISTERS: readonly Register[] = [messages, messageChannels, messageTemplates, quietHours];
