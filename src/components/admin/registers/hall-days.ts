import { saveHallDay } from "@/lib/calendar/commands";
import { type HallDayRow, listHallDays } from "@/lib/calendar/data-admin";
import { type HallDayInput, hallDayInput } from "@/lib/calendar/schema";
import { ACTIVE, CODE, hallRegister, NAME, NAME_EN } from "../register";

export const hallDays = hallRegister<HallDayRow, HallDayInput>({
  key: "hallDays",
  attributes: [
    { ...CODE, label: "date", hint: "hallDate", format: "date", maxLength: 10 },
    { key: "spans", kind: "text", list: true, hint: "spans", wide: true },
    NAME, NAME_EN, ACTIVE,
  ],
  schema: hallDayInput, read: listHallDays, save: saveHallDay,
});
