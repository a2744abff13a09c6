import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { HallChoice } from "@/components/admin/hall-choice";
import { openPlace, type SearchParams } from "@/components/admin/place";
import { RegisterList } from "@/components/admin/register-list";
import { registerOf } from "@/components/admin/registers";
import { texts } from "@/components/intl/server";
import { Loading } from "@/components/ui/state";

interface ListPageProps {
  params: Promise<{ register: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata({ params }: ListPageProps): Promise<Metadata> {
  const register = registerOf((await params).register);
  return register ? { title: (await texts("admin")).t(`registers.${register.key}.title`) } : {};
}

export default async function ListPage({ params, searchParams }: ListPageProps) {
  const register = registerOf((await params).register);
  if (!register) notFound();
  const search = await searchParams;
  const place = await openPlace(register.readers, `/admin/${register.key}`, search);
  if (!register.platform && !place.hall) return <HallChoice place={place} path={`/admin/${register.key}`} />;
  // Who may not see it is told before anything is sent; only then the list may take its time.
  return (
    <Suspense fallback={<Loading label={(await texts("common")).t("loading")} />}>
      <RegisterList register={register} place={place} params={search} />
    </Suspense>
  );
}
