"use client";
import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { createContext, type ReactNode, useContext } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { type Entry, freeNumber, freshEntry, type Path, type Spec, type Value } from "./spec";

const CONTROL = "w-full rounded-base border border-line-strong bg-surface px-3 min-h-11 aria-[invalid=true]:border-bad";

export interface EditorTables {
  /** Entries of every code table by its name, with the text to show. */
  codes: Readonly<Record<string, readonly { code: string; name: string }[]>>;
}

interface EditorContext extends EditorTables {
  /** Text of what is wrong at a place. */
  errors: Readonly<Record<string, string>>;
  situations: readonly { code: string; name: string }[];
  change: (path: Path, value: Value) => void;
}

export const Editing = createContext<EditorContext>({ codes: {}, errors: {}, situations: [], change: () => undefined });

/** Id of the control at a place, so that a list of findings can lead to it. */
export const controlId = (path: Path): string => `f-${path.join(".")}`;

const HINTED = new Set(["promised", "situations", "aliases", "tolerable", "options", "questions", "entrusting", "noMaterials"]);

/** Controls of one part of the document, by its declaration. */
export function EntryFields({ of, value, path }: { of: readonly Spec[]; value: Entry; path: Path }) {
  return <div className="grid grid-cols-1 gap-x-6 gap-y-4 md:grid-cols-2">{of.map((spec) => <Part key={spec.key} spec={spec} value={value[spec.key] as Value} path={[...path, spec.key]} />)}</div>;
}

function Part({ spec, value, path }: { spec: Spec; value: Value; path: Path }) {
  const t = useTranslations("catalog");
  if (spec.kind === "list") return <ListPart spec={spec} entries={value as Value[]} path={path} />;
  if (spec.kind === "group") {
    return (
      <fieldset id={controlId(path)} tabIndex={-1} className="rounded-base border border-line p-4 md:col-span-2">
        <legend className="px-1 font-medium">{t(`elements.${spec.key}`)}</legend>
        <EntryFields of={spec.of} value={value as Entry} path={path} />
      </fieldset>
    );
  }
  return <Control spec={spec} value={value} path={path} />;
}

function Framed({ path, label, hint, wide, children }: { path: Path; label: string; hint?: string | undefined; wide?: boolean; children: ReactNode }) {
  const { errors } = useContext(Editing);
  const own = path.join(".");
  const error = errors[own] ?? errors[`${own}.zh`] ?? errors[`${own}.en`];
  return (
    <div className={wide ? "flex flex-col gap-1 md:col-span-2" : "flex flex-col gap-1"}>
      <span id={`${controlId(path)}-label`} className="font-medium">{label}</span>
      {hint ? <span className="text-sm text-ink-soft">{hint}</span> : null}
      {children}
      {error ? <span id={`${controlId(path)}-error`} role="alert" className="text-sm text-bad">{error}</span> : null}
    </div>
  );
}

function Control({ spec, value, path }: { spec: Spec; value: Value; path: Path }) {
  const t = useTranslations("catalog");
  const { change, codes, situations, errors } = useContext(Editing);
  const label = t(`elements.${spec.key}`);
  const hint = HINTED.has(spec.key) ? t(`hints.${spec.key}`) : undefined;
  const id = controlId(path);
  const wrong = errors[path.join(".")] ? ({ "aria-invalid": true, "aria-describedby": `${id}-error` } as const) : {};
  const named = { id, "aria-labelledby": `${id}-label`, ...wrong };
  if (spec.kind === "words") return <Words spec={spec} value={value as Entry} path={path} label={label} hint={hint} />;
  if (spec.kind === "flag") {
    return <label className="flex min-h-11 items-center gap-3 self-end font-medium"><input {...wrong} id={id} type="checkbox" checked={value === true} onChange={(event) => change(path, event.target.checked)} className="size-5 accent-brand" />{label}{hint ? <span className="text-sm font-normal text-ink-soft">{hint}</span> : null}</label>;
  }
  if (spec.kind === "codes" || spec.kind === "situations") {
    const options = spec.kind === "codes" ? (codes[spec.table] ?? []) : situations;
    const chosen = value as string[];
    if (options.length === 0) return null;
    const toggle = (code: string, on: boolean) => change(path, options.map((option) => option.code).filter((each) => (each === code ? on : chosen.includes(each))));
    return (
      <Framed path={path} label={label} hint={path.includes("answers") ? undefined : hint} wide>
        <div id={id} tabIndex={-1} role="group" aria-labelledby={`${id}-label`} className="flex flex-wrap gap-x-6">
          {options.map((option) => <label key={option.code} className="flex min-h-10 items-center gap-2"><input type="checkbox" checked={chosen.includes(option.code)} onChange={(event) => toggle(option.code, event.target.checked)} className="size-4 accent-brand" />{option.name || option.code}</label>)}
        </div>
      </Framed>
    );
  }
  if (spec.kind === "code") {
    const options = codes[spec.table] ?? [];
    return (
      <Framed path={path} label={label} hint={hint}>
        <select {...named} value={String(value)} onChange={(event) => change(path, event.target.value)} className={CONTROL}>
          <option value="">{t("editor.none")}</option>
          {options.map((option) => <option key={option.code} value={option.code}>{option.name}</option>)}
          {value !== "" && !options.some((option) => option.code === value) ? <option value={String(value)}>{t("editor.unknown", { code: String(value) })}</option> : null}
        </select>
      </Framed>
    );
  }
  if (spec.kind === "days" || spec.kind === "count") {
    const typed = (text: string): Value => (text.trim() === "" ? (spec.kind === "count" ? 0 : null) : /^\d+$/.test(text.trim()) ? Number(text) : text);
    return <Framed path={path} label={label} hint={hint}><input {...named} value={value === null ? "" : String(value)} inputMode="numeric" autoComplete="off" onChange={(event) => change(path, typed(event.target.value))} className={`${CONTROL} max-w-40 text-right`} /></Framed>;
  }
  const long = spec.kind === "text" && spec.long;
  return (
    <Framed path={path} label={label} hint={hint} wide={long === true}>
      {long ? <textarea {...named} value={String(value)} rows={3} onChange={(event) => change(path, event.target.value)} className={`${CONTROL} py-2`} /> : <input {...named} value={String(value)} autoComplete="off" onChange={(event) => change(path, event.target.value)} className={spec.kind === "entryCode" ? `${CONTROL} max-w-40` : CONTROL} />}
    </Framed>
  );
}

/** Chinese and English side by side; English may stay empty. */
function Words({ spec, value, path, label, hint }: { spec: Extract<Spec, { kind: "words" | "text" }>; value: Entry; path: Path; label: string; hint: string | undefined }) {
  const t = useTranslations("catalog.editor");
  const { change, errors } = useContext(Editing);
  return (
    <Framed path={path} label={label} hint={hint} wide>
      <span className="grid grid-cols-1 gap-2 md:grid-cols-2">
        {(["zh", "en"] as const).map((language) => {
          const place = [...path, language];
          const common = {
            id: language === "zh" ? controlId(path) : controlId(place), "aria-label": `${label} ${t(language)}`, "aria-invalid": errors[place.join(".")] || (language === "zh" && errors[path.join(".")]) ? true : undefined, placeholder: t(language),
            value: String(value[language] ?? ""), onChange: (event: { target: { value: string } }) => change(place, event.target.value),
          };
          return spec.long ? <textarea key={language} rows={3} {...common} className={`${CONTROL} py-2`} /> : <input key={language} autoComplete="off" {...common} className={CONTROL} />;
        })}
      </span>
    </Framed>
  );
}

const titleOf = (entry: Entry): string => {
  const name = entry.name ?? entry.title ?? entry.text;
  return typeof name === "string" ? name : String((name as Entry | undefined)?.zh ?? "");
};

function ListPart({ spec, entries, path }: { spec: Extract<Spec, { kind: "group" | "list" }>; entries: Value[]; path: Path }) {
  const t = useTranslations("catalog");
  const { change, errors } = useContext(Editing);
  const label = t(`elements.${spec.key}`);
  const swap = (a: number, b: number) => change(path, entries.map((entry, index) => (index === a ? entries[b]! : index === b ? entries[a]! : entry)));
  return (
    <section id={controlId(path)} tabIndex={-1} aria-label={label} className="flex flex-col gap-2 md:col-span-2">
      <h3 className="font-medium">{label}（{entries.length}）</h3>
      {spec.key === "questions" ? <p className="text-sm text-ink-soft">{t("hints.questions")}</p> : null}
      {errors[path.join(".")] ? <p role="alert" className="text-sm text-bad">{errors[path.join(".")]}</p> : null}
      {entries.map((each, index) => {
        const entry = each as Entry;
        const own = [...path, index];
        const name = titleOf(entry) || t("editor.position", { n: index + 1 });
        const wrong = Object.keys(errors).some((place) => place.startsWith(`${own.join(".")}.`));
        return (
          // The buttons stand over the heading, not in it: what opens and closes holds no other control.
          <div key={index} className="relative">
            <details open={titleOf(entry) === "" || wrong || undefined} className="rounded-base border border-line">
              <summary className="flex min-h-11 cursor-pointer items-center py-2 pr-36 pl-3 font-medium"><span className="min-w-0 break-words">{index + 1}. {name}</span></summary>
              <div className="border-t border-line p-3"><EntryFields of={spec.of} value={entry} path={own} /></div>
            </details>
            <span className="absolute top-1 right-1 flex">
              <Button size="small" look="quiet" disabled={index === 0} aria-label={`${name}：${t("editor.up")}`} onClick={() => swap(index, index - 1)}><ArrowUp aria-hidden className="size-4" /></Button>
              <Button size="small" look="quiet" disabled={index === entries.length - 1} aria-label={`${name}：${t("editor.down")}`} onClick={() => swap(index, index + 1)}><ArrowDown aria-hidden className="size-4" /></Button>
              <Button size="small" look="quiet" aria-label={`${name}：${t("editor.remove")}`} onClick={() => change(path, entries.filter((_, at) => at !== index))}><Trash2 aria-hidden className="size-4" /></Button>
            </span>
          </div>
        );
      })}
      {entries.length === 0 ? <p className="text-sm text-ink-soft">{t("editor.empty")}</p> : null}
      <p><Button size="small" onClick={() => change(path, [...entries, freshEntry(spec.of, freeNumber(entries))])}><Plus aria-hidden className="size-4" />{t("editor.add", { what: label })}</Button></p>
    </section>
  );
}
