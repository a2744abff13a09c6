"use client";
import { useRouter } from "next/navigation";
import { useActionState, useEffect } from "react";
import { Button } from "@/components/ui/button";
import { Banner } from "@/components/ui/state";

interface PictureState { turn: number; message?: string; saved?: boolean }
interface PictureFormProps {
  action: (state: PictureState, form: FormData) => Promise<PictureState>;
  present: boolean;
  texts: { label: string; hint: string; upload: string; remove: string; saved: string };
}

/** Chooses the picture that lies under a floor's shapes. */
export function PictureForm({ action, present, texts }: PictureFormProps) {
  const [state, submit, pending] = useActionState(action, { turn: 0 });
  const router = useRouter();
  useEffect(() => {
    if (state.saved) router.refresh();
  }, [state, router]);
  return (
    <form action={submit} className="flex flex-wrap items-end gap-3 rounded-base border border-line bg-surface p-4">
      {state.message ? <div className="w-full"><Banner tone="bad">{state.message}</Banner></div> : state.saved ? <div className="w-full"><Banner tone="good">{texts.saved}</Banner></div> : null}
      <label className="flex flex-col gap-1"><span className="font-medium">{texts.label}</span><span className="text-sm text-ink-soft">{texts.hint}</span>
        <input type="file" name="picture" accept="image/png,image/jpeg,image/webp" className="min-h-11 py-2" />
      </label>
      <Button type="submit" disabled={pending}>{texts.upload}</Button>
      {present ? <Button type="submit" name="remove" value="1" look="quiet" disabled={pending}>{texts.remove}</Button> : null}
    </form>
  );
}
