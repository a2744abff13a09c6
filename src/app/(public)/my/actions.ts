"use server";
import { redirect } from "next/navigation";
import type { MyState } from "@/components/citizen/my/phone-form";
import { setVisitorCookie, type StepState, stepOf, visitorCookie } from "@/components/citizen/visitor";
import { appealPause } from "@/lib/appointments/pauses/commands";
import { appealInput } from "@/lib/appointments/schema";
import { endCitizenSession, forgetCitizen, sendPhoneCode, signInByCode } from "@/lib/citizens/commands";
import { CODE } from "@/lib/citizens/model";
import { askCodeInput, enterCodeInput } from "@/lib/citizens/schema";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env/env";
import { refusalText, translator } from "@/lib/i18n/messages";
import { forbidden } from "@/lib/kernel/errors";
import { seal, unseal } from "@/lib/kernel/sealed";
import { changeHall } from "@/lib/ledger/commands";
import { hallRef, listHalls } from "@/lib/regions/data";

const text = (form: FormData, name: string): string => String(form.get(name) ?? "").slice(0, 200);
/** The hall in whose name the code is sent: the one the visitor came from, else the first. */
const hallOf = async (code: string) => hallRef(code || (await listHalls(database()))[0]!.code);

/** Sends a code; the answer is the same for every phone. The number goes on in a sealed cookie, never in the address. */
export async function askCodeAction(_state: MyState, form: FormData): Promise<MyState> {
  const phone = text(form, "phone");
  return stepOf<MyState>(async ({ locale, address }) => {
    const input = askCodeInput.safeParse({ phone, locale });
    if (!input.success) return { phone, errors: [{ field: "phone", text: translator(locale, "my")("phoneWrong") }] };
    const hall = text(form, "hall");
    await sendPhoneCode(database(), await hallOf(hall), input.data, address);
    await setVisitorCookie("code", seal(env().SECRET, input.data.phone), CODE.minutes * 60);
    redirect(`/my?step=code${hall ? `&hall=${encodeURIComponent(hall)}` : ""}`);
  }, { phone });
}

export async function enterCodeAction(_state: MyState, form: FormData): Promise<MyState> {
  return stepOf<MyState>(async ({ locale, address }) => {
    const t = translator(locale, "my");
    const wrong: MyState = { errors: [{ field: "code", text: t("code.wrong") }] };
    const kept = await visitorCookie("code");
    if (!kept) return { problem: t("code.expired") };
    const input = enterCodeInput.safeParse({ phone: unseal(env().SECRET, kept), code: text(form, "code"), own: form.get("own") === "1" });
    if (!input.success) return wrong;
    const result = await signInByCode(database(), input.data, address);
    if (!result.ok) return wrong;
    await setVisitorCookie("citizen", result.value.sessionId, result.value.seconds);
    await setVisitorCookie("code", "", 0);
    redirect("/my");
  }, {});
}

export async function signOutAction(): Promise<StepState> {
  return stepOf<StepState>(async () => {
    const session = await visitorCookie("citizen");
    if (session) await endCitizenSession(database(), session);
    await setVisitorCookie("citizen", "", 0);
    redirect("/my?done=out");
  }, {});
}

export async function forgetAction(): Promise<StepState> {
  return stepOf<StepState>(async ({ citizen }) => {
    if (!citizen) throw forbidden();
    await forgetCitizen(database(), citizen.id);
    await setVisitorCookie("citizen", "", 0);
    redirect("/my?done=forgotten");
  }, {});
}

/** Why the visitor could not come; answered by the hall. */
export async function appealAction(_state: StepState, form: FormData): Promise<StepState> {
  return stepOf<StepState>(async ({ locale, citizen }) => {
    const input = appealInput.safeParse({ text: String(form.get("text") ?? "") });
    if (!citizen?.phoneKey) throw forbidden();
    if (!input.success) return { problem: translator(locale, "my")("pause.reasonMissing") };
    const hall = await hallRef(text(form, "hall"));
    const result = await changeHall(database(), { hall, actor: `citizen:${citizen.id}` }, (ctx) => appealPause(ctx, citizen.phoneKey!, input.data.text));
    if (!result.ok) return { problem: refusalText(locale, result.code, result.details) };
    redirect("/my");
  }, {});
}
