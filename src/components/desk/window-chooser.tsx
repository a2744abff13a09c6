"use client";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { api, type Problem } from "@/components/api-client";
import { usePress } from "@/components/staff/use-press";
import { useProblemText } from "@/components/staff/use-problem-text";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Banner, EmptyState, Loading } from "@/components/ui/state";
import { type Locale, localName } from "@/lib/i18n/locale";
import type { WindowChoice } from "@/lib/queue/desk/schema";
import { WindowCard } from "./window-card";

const REFRESH = 15_000;

/** Signing in to a window: the own usual one first, the others by zone; taken ones stay visible with who is there. */
export function WindowChooser({ hall }: { hall: string }) {
  const t = useTranslations("desk.choose");
  const common = useTranslations("common");
  const problemText = useProblemText();
  const router = useRouter();
  const [windows, setWindows] = useState<WindowChoice[]>();
  const [problem, setProblem] = useState<Problem>();
  const [query, setQuery] = useState("");

  const load = useCallback(async () => {
    const result = await api<{ items: WindowChoice[] }>(`/halls/${hall}/windows`);
    if (result.ok) setWindows(result.value.items);
    else setProblem(result.problem);
  }, [hall]);
  useEffect(() => {
    void load();
    const timer = setInterval(() => void load(), REFRESH);
    return () => clearInterval(timer);
  }, [load]);
  const { pending, press } = usePress(load);

  const open = async (window: WindowChoice) => {
    setProblem(undefined);
    if (!window.mine) {
      const result = await press(`open:${window.code}`, `/halls/${hall}/windows/${window.code}/open`);
      if (!result) return;
      if (!result.ok) return setProblem(result.problem);
    }
    router.push(`/desk?window=${encodeURIComponent(window.code)}`);
  };

  const zones = useZones(windows ?? [], query);
  const first = (windows ?? []).filter((window) => window.mine || window.usual);
  const card = (window: WindowChoice, large = false) => <WindowCard key={window.code} window={window} large={large} pending={pending?.name === `open:${window.code}`} onOpen={() => void open(window)} />;
  return (
    <main id="main" className="mx-auto w-full max-w-7xl flex-1 p-4 md:p-6">
      <div className="mb-4 flex min-h-16 flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div><h1 className="text-2xl font-semibold">{t("title")}</h1><p className="text-ink-soft">{t("text")}</p></div>
        {problem ? <Banner tone="warn" title={problemText(problem)} role="alert">{problem.status === 0 || problem.status >= 500 ? <Button size="small" onClick={() => { setProblem(undefined); void load(); }}>{common("retry")}</Button> : null}</Banner> : pending?.waiting ? <Banner tone="warn" title={t("waiting")} /> : null}
      </div>
      {windows?.filter((window) => window.openedFor !== undefined).map((window) => <div key={window.code} data-slot="opened-for" className="mb-4"><Banner tone="warn" title={t("openedFor", { window: window.code })}>{window.openedFor}</Banner></div>)}
      {!windows ? <Loading label={common("loading")} /> : (
        <>
          {first.length > 0 ? <section aria-labelledby="own-windows" className="mb-6"><h2 id="own-windows" className="mb-2 font-semibold">{t("own")}</h2><ul className="grid gap-3 md:grid-cols-2">{first.map((window) => card(window, true))}</ul></section> : null}
          <div className="mb-4 max-w-sm"><TextField id="window-search" type="search" label={t("search")} autoComplete="off" value={query} onChange={(event) => setQuery(event.target.value)} /></div>
          {zones.length === 0 ? <EmptyState title={t("empty")} /> : zones.map((zone) => (
            <section key={zone.key} aria-label={zone.title} className="mb-6">
              <h2 className="mb-2 font-semibold">{zone.title} <span className="font-normal text-ink-soft">{common("floor", { floor: zone.floor })}</span></h2>
              <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4">{zone.windows.map((window) => card(window))}</ul>
            </section>
          ))}
        </>
      )}
    </main>
  );
}

interface Zone {
  key: string;
  title: string;
  floor: number;
  windows: WindowChoice[];
}

/** Windows that match a code, name or zone, by floor and zone. */
function useZones(windows: WindowChoice[], query: string): Zone[] {
  const locale = useLocale() as Locale;
  return useMemo(() => {
    const wanted = query.trim().toLowerCase();
    const zones = new Map<string, Zone>();
    for (const window of windows) {
      if (wanted && ![window.code, window.name, window.nameEn, window.zone, window.zoneEn].some((text) => text.toLowerCase().includes(wanted))) continue;
      const key = `${window.floor}:${window.zone}`;
      const zone = zones.get(key) ?? { key, title: localName(locale, { name: window.zone, nameEn: window.zoneEn }), floor: window.floor, windows: [] };
      zone.windows.push(window);
      zones.set(key, zone);
    }
    return [...zones.values()].sort((a, b) => a.floor - b.floor);
  }, [windows, query, locale]);
}
