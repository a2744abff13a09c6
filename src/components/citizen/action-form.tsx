"use client";
import { type ReactNode, useEffect, useRef } from "react";
import { Banner } from "@/components/ui/state";
import type { StepState } from "./visitor";
import { useStep } from "./use-step";

interface ActionFormProps {
  action: (state: StepState, form: FormData) => Promise<StepState>;
  /** Said when the connection is lost, and while the browser proves its work. */
  away: string;
  proving?: string;
  label?: string;
  className?: string;
  children: ReactNode;
}

/** A form whose press is one step; what went wrong stands above its buttons. */
export function ActionForm({ action, away, proving, label, className, children }: ActionFormProps) {
  const step = useStep<StepState>(action, {});
  const problem = step.away ? away : step.proving ? undefined : step.state.problem;
  const told = useRef<HTMLDivElement>(null);
  // Pressed far below: what went wrong comes into view, also when it is the same again.
  useEffect(() => { if (problem) told.current?.focus(); }, [problem, step.state]);
  return (
    <form {...step.form} aria-label={label} className={className}>
      {step.proving && proving ? <Banner>{proving}</Banner> : null}
      {problem ? <div ref={told} tabIndex={-1} className="outline-none"><Banner tone="bad">{problem}</Banner></div> : null}
      {children}
    </form>
  );
}
