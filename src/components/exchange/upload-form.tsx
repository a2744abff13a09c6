"use client";
import { Download, Upload } from "lucide-react";
import { useActionState, useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";

interface UploadFormProps {
  action: (state: { message?: string }, form: FormData) => Promise<{ message?: string }>;
  kinds: readonly { kind: string; title: string; xlsx: string; csv: string; data: string }[];
  chosen: string | undefined;
  texts: Record<"kind" | "file" | "fileHint" | "upload" | "uploading" | "template" | "templateHint" | "templateXlsx" | "templateCsv" | "current" | "currentHint", string>;
}

/** What to import, its template, and the file. */
export function UploadForm({ action, kinds, chosen, texts }: UploadFormProps) {
  const [state, submit, pending] = useActionState(action, {});
  const [kind, setKind] = useState(kinds.find((each) => each.kind === chosen)?.kind ?? kinds[0]!.kind);
  const links = kinds.find((each) => each.kind === kind)!;
  return (
    <form action={submit} className="grid max-w-4xl grid-cols-1 gap-x-8 gap-y-4 rounded-base border border-line bg-surface p-4 sm:p-6 lg:grid-cols-2">
      <div className="flex flex-col gap-4">
        <SelectField id="kind" name="kind" label={texts.kind} value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
          {kinds.map((each) => <option key={each.kind} value={each.kind}>{each.title}</option>)}
        </SelectField>
        <TextField id="file" name="file" type="file" accept=".xlsx,.csv,.txt" label={texts.file} hint={texts.fileHint} error={state.message} required className="py-2" />
        <p><Button type="submit" look="primary" aria-disabled={pending}><Upload aria-hidden className="size-4" />{pending ? texts.uploading : texts.upload}</Button></p>
      </div>
      <div className="flex flex-col gap-3">
        <p className="font-medium">{texts.template}</p>
        <p className="text-sm text-ink-soft">{texts.templateHint}</p>
        <p className="flex flex-wrap gap-2">
          <a href={links.xlsx} download className={buttonClass()}><Download aria-hidden className="size-4" />{texts.templateXlsx}</a>
          <a href={links.csv} download className={buttonClass()}><Download aria-hidden className="size-4" />{texts.templateCsv}</a>
        </p>
        <p className="text-sm text-ink-soft">{texts.currentHint}</p>
        <p><a href={links.data} download className={buttonClass()}><Download aria-hidden className="size-4" />{texts.current}</a></p>
      </div>
    </form>
  );
}
