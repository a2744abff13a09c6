import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import { templatePosts } from "../report/data";
import { planWindows, type PlannedWindow } from "./model";

export interface LayoutPlan {
  template: string; name: string; nameEn: string; zone: string; windows: PlannedWindow[];
}

/** What a template would add to a zone of the hall now; undefined when there is no such template. A window out of use keeps its code. */
export async function layoutPlan(db: Database | Tx, hallId: number, template: string, zone: string): Promise<LayoutPlan | undefined> {
  const [posts, codes] = await Promise.all([templatePosts(db, hallId), db.selectFrom("windows").select("code").where("hall_id", "=", hallId).execute()]);
  const own = posts.filter((post) => post.template === template);
  return own[0] && { template, name: own[0].name, nameEn: own[0].nameEn, zone, windows: planWindows(own, zone, codes.map(({ code }) => code)) };
}
