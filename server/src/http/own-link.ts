import type { routes } from "@passage/protocol/routes/table";
import { linksOf } from "../stubs.ts";
import { problem } from "./problem.ts";
import type { Asked } from "./serve.ts";
import { ownTag } from "./tenant.ts";

/** The shard that this link is in, and its links. Another tenant's link, one that never was and one that is gone are the same to whoever asks. */
export async function ownLink({ c, caller, id }: Pick<Asked<typeof routes.getLink>, "c" | "caller" | "id">) {
  const tag = await ownTag(c.env, caller, "link", id);
  if (tag === null) throw unknownLink();
  return { tag, links: linksOf(c.env, tag) };
}

export function unknownLink() {
  return problem("not_found", "Link not found");
}
