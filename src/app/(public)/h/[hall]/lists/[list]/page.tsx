import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DisclosureList, ServiceList, TolerableList } from "@/components/citizen/public-lists";
import { ListHead, publicHall } from "@/components/citizen/list-head";
import { texts } from "@/components/intl/server";

interface Props {
  params: Promise<{ hall: string; list: string }>;
}

const LISTS = {
  tolerable: ["tolerable", TolerableList], "value-added": ["valueAdded", ({ hall }: { hall: { id: number; code: string } }) => <ServiceList hall={hall} category="value_added" />],
  utilities: ["utilities", ({ hall }: { hall: { id: number; code: string } }) => <ServiceList hall={hall} category="utility" />], disclosures: ["disclosures", DisclosureList],
} as const;

const find = async ({ params }: Props) => {
  const { hall, list } = await params;
  return Object.hasOwn(LISTS, list) ? { hall: await publicHall(hall), list: LISTS[list as keyof typeof LISTS] } : notFound();
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await texts("lists")).t((await find(props)).list[0]) };
}

/** A public list that comes from the catalogue or the register of published content. */
export default async function ListPage(props: Props) {
  const { t } = await texts("lists");
  const { hall, list: [key, List] } = await find(props);
  return (
    <div className="flex flex-col gap-6">
      <ListHead hall={hall.code} title={t(key)} intro={t(`${key}Intro`)} />
      <List hall={hall} />
    </div>
  );
}
