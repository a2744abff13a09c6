"use client";
import { unstable_rethrow } from "next/navigation";
import { type FormEvent, useActionState, useState, useTransition } from "react";
import { solve } from "./book/proof";
import type { StepState } from "./visitor";

/**
 * A form of one step. Without scripts the browser posts it and the server answers with the page; with them it stays here,
 * and a lost connection leaves what was typed. Work that is asked for under suspicion is done without a word from anybody.
 */
export function useStep<S extends StepState>(action: (state: S, form: FormData) => Promise<S>, initial: S) {
  const [posted, formAction] = useActionState(action as (state: Awaited<S>, form: FormData) => Promise<S>, initial as Awaited<S>);
  const [own, setOwn] = useState<S>();
  const [away, setAway] = useState(false);
  const [proving, setProving] = useState(false);
  const [pending, start] = useTransition();
  const state = (own ?? posted) as S;
  const send = (form: FormData) => start(async () => {
    try {
      let next = await action(state, form);
      for (let tries = 0; next.challenge && tries < 2; tries++) {
        setProving(true);
        form.set("proof", await solve(next.challenge));
        next = await action(state, form);
      }
      setAway(false);
      setOwn(next);
    } catch (error) {
      unstable_rethrow(error);
      setAway(true);
    } finally {
      setProving(false);
    }
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!pending) send(new FormData(event.currentTarget, (event.nativeEvent as SubmitEvent).submitter));
  };
  return { state, away, pending, proving, form: { action: formAction, onSubmit, "aria-busy": pending } };
}
