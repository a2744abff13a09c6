import type { ReactNode } from "react";

/** A part of a record's page beside its form. */
export function Panel({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="flex max-w-4xl flex-col gap-3 rounded-base border border-line bg-surface p-4 sm:p-6">
      <h2 id={id} className="text-lg font-semibold">{title}</h2>
      {children}
    </section>
  );
}
