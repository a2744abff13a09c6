"use client";
import { Undo2 } from "lucide-react";
import { useRef, useState, useTransition } from "react";
import { useLeaveGuard } from "@/components/form/use-leave-guard";
import { Button } from "@/components/ui/button";
import { Banner } from "@/components/ui/state";
import type { Shape } from "@/lib/regions/plan/schema";
import { PlanCanvas } from "./plan-canvas";
import { AddShape, ShapeFields } from "./shape-fields";
import { usePlanEditing } from "./use-plan-editing";

export interface PlanTexts {
  drawing: string; add: string; shapes: string; none: string; undo: string; remove: string; save: string; saving: string; saved: string; leave: string; keys: string; corner: string; x: string; y: string; name: string; nameEn: string; choose: string;
  kind: Record<Shape["kind"], string>;
}
export type PlanChoices = Record<"zone" | "window" | "facility", readonly { code: string; name: string }[]>;
export type PlanOutcome = { version: number } | { message: string };

interface PlanEditorProps {
  floor: { width: number; height: number; version: number; picture?: string; shapes: Shape[] };
  choices: PlanChoices;
  save: (shapes: readonly Shape[], version: number) => Promise<PlanOutcome>;
  texts: PlanTexts;
}

/** Draws zones, windows and facilities over the picture of a floor, by pointer or keyboard; nothing is kept before it is saved. */
export function PlanEditor({ floor, choices, save, texts }: PlanEditorProps) {
  const [version, setVersion] = useState(floor.version);
  const [note, setNote] = useState<{ tone: "good" | "bad"; text: string }>();
  const [pending, start] = useTransition();
  const dirty = useRef(false);
  useLeaveGuard(dirty, texts.leave);
  const editing = usePlanEditing(floor.shapes, () => {
    dirty.current = true;
    setNote(undefined);
  });
  const keep = () => start(async () => {
    const outcome = await save(editing.shapes, version);
    if ("message" in outcome) return setNote({ tone: "bad", text: outcome.message });
    dirty.current = false;
    setVersion(outcome.version);
    setNote({ tone: "good", text: texts.saved });
  });
  const nameOf = (shape: Shape) => shape.name || (shape.kind === "label" ? "" : (choices[shape.kind].find((choice) => choice.code === shape.code)?.name ?? shape.code));
  const current = editing.selected === undefined ? undefined : editing.shapes[editing.selected];
  return (
    <div className="grid gap-4 xl:grid-cols-[1fr_22rem]">
      <div className="flex flex-col gap-2">
        {note ? <Banner tone={note.tone}>{note.text}</Banner> : null}
        <PlanCanvas size={floor} picture={floor.picture} editing={editing} nameOf={nameOf} kinds={texts.kind} label={texts.drawing} />
        <p className="text-sm text-ink-soft">{texts.keys}</p>
      </div>
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap gap-2">
          <Button look="primary" onClick={keep} disabled={pending}>{pending ? texts.saving : texts.save}</Button>
          <Button onClick={editing.undo} disabled={!editing.canUndo}><Undo2 aria-hidden className="size-4" />{texts.undo}</Button>
        </div>
        <AddShape editing={editing} choices={choices} texts={texts} />
        {current ? <ShapeFields editing={editing} texts={texts} title={`${texts.kind[current.kind]} ${nameOf(current)}`} /> : null}
      </div>
    </div>
  );
}
