"use client";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import type { Shape } from "@/lib/regions/plan/schema";
import { clamp, type Point } from "./geometry";
import type { PlanChoices, PlanTexts } from "./plan-editor";
import type { PlanEditing } from "./use-plan-editing";

const KINDS = ["zone", "window", "facility", "label"] as const;
/** A new area stands in the middle, ready to be pulled. */
const NEW_AREA: Shape["points"] = [[400, 400], [600, 400], [600, 600], [400, 600]];

/** Name and place of the selected shape as figures, for exact work and for keyboards. */
export function ShapeFields({ editing, title, texts }: { editing: PlanEditing; title: string; texts: PlanTexts }) {
  const index = editing.selected!;
  const shape = editing.shapes[index]!;
  const put = (corner: number, axis: 0 | 1, value: number) =>
    editing.change(index, { points: shape.points.map((point, at): Point => (at !== corner ? point : axis === 0 ? [clamp(value), point[1]] : [point[0], clamp(value)])) as Shape["points"] });
  return (
    <fieldset className="flex flex-col gap-3 rounded-base border border-line bg-surface p-4">
      <legend className="px-1 font-semibold">{title}</legend>
      {shape.kind === "label" || shape.kind === "facility" ? (
        <>
          <TextField id="shape-name" label={texts.name} value={shape.name} maxLength={60} onChange={(event) => editing.change(index, { name: event.target.value })} />
          <TextField id="shape-name-en" label={texts.nameEn} value={shape.nameEn} maxLength={80} onChange={(event) => editing.change(index, { nameEn: event.target.value })} />
        </>
      ) : null}
      {shape.points.map((point, corner) => (
        <div key={corner} className="flex items-end gap-2">
          {([0, 1] as const).map((axis) => (
            <TextField key={axis} id={`corner-${corner}-${axis}`} type="number" min={0} max={1000} value={point[axis]} label={`${shape.points.length > 1 ? `${texts.corner.replace("#", String(corner + 1))} ` : ""}${axis === 0 ? texts.x : texts.y}`}
              onChange={(event) => put(corner, axis, Number(event.target.value))} />
          ))}
        </div>
      ))}
      <Button look="danger" size="small" onClick={() => editing.remove(index)}><Trash2 aria-hidden className="size-4" />{texts.remove}</Button>
    </fieldset>
  );
}

/** What is not on the plan yet, by kind; facilities and labels may stand several times. */
export function AddShape({ editing, choices, texts }: { editing: PlanEditing; choices: PlanChoices; texts: PlanTexts }) {
  const [kind, setKind] = useState<Shape["kind"]>("zone");
  const [code, setCode] = useState("");
  const placed = new Set(editing.shapes.filter((shape) => shape.kind === kind && kind !== "facility").map((shape) => shape.code));
  const free = kind === "label" ? [] : choices[kind].filter((choice) => !placed.has(choice.code));
  const wanted = free.some((choice) => choice.code === code) ? code : (free[0]?.code ?? "");
  const add = () => editing.add({ kind, code: kind === "label" ? "" : wanted, name: kind === "label" ? texts.kind.label : "", nameEn: "", points: kind === "zone" ? NEW_AREA : [[500, 500]] });
  return (
    <fieldset className="flex flex-col gap-3 rounded-base border border-line bg-surface p-4">
      <legend className="px-1 font-semibold">{texts.add}</legend>
      <SelectField id="shape-kind" label={texts.shapes} value={kind} onChange={(event) => setKind(event.target.value as Shape["kind"])}>{KINDS.map((each) => <option key={each} value={each}>{texts.kind[each]}</option>)}</SelectField>
      {kind === "label" ? null : free.length === 0 ? <p className="text-ink-soft">{texts.none}</p> : (
        <SelectField id="shape-code" label={texts.choose} value={wanted} onChange={(event) => setCode(event.target.value)}>{free.map((choice) => <option key={choice.code} value={choice.code}>{choice.code} {choice.name}</option>)}</SelectField>
      )}
      <Button onClick={add} disabled={kind !== "label" && wanted === ""}>{texts.add}</Button>
    </fieldset>
  );
}
