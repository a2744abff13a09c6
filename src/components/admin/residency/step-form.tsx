"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, startTransition, useActionState, useEffect, useRef } from "react";
import { Button, type ButtonLook } from "@/components/ui/button";
import { Banner } from "@/components/ui/state";

export interface StepState {
  turn: number;
  message?: string;
  done?: string;
}

interface StepFormProps {
  action: (state: StepState, form: FormData) => Promise<StepState>;
  /** One or several ways to send it; the pressed one's value is posted as `step`. */
  buttons: readonly { value: string; label: string; look?: ButtonLook["look"] }[];
  sending: string;
  children?: ReactNode;
}

/** A form of one step: what was typed stays when it is refused; the page is read again when it was done. */
export function StepForm({ action, buttons, sending, children }: StepFormProps) {
  const [state, submit, pending] = useActionState(action, { turn: 0 });
  const router = useRouter();
  const note = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state.turn === 0) return;
    note.current?.focus();
    if (state.done) router.refresh();
  }, [state, router]);
  const send = (event: React.SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget, (event.nativeEvent as globalThis.SubmitEvent).submitter);
    startTransition(() => submit(form));
  };
  return (
    <form onSubmit={send} className="flex flex-col gap-4">
      <div ref={note} tabIndex={-1} className="empty:hidden">{state.message ? <Banner tone="bad">{state.message}</Banner> : state.done ? <Banner tone="good">{state.done}</Banner> : null}</div>
      {children}
      <div className="flex flex-wrap gap-3">
        {buttons.map((button) => <Button key={button.value} type="submit" name="step" value={button.value} look={button.look ?? "primary"} disabled={pending}>{pending ? sending : button.label}</Button>)}
      </div>
    </form>
  );
}
