import type { routes } from "@passage/protocol/routes/table";
import { readTag } from "../ids.ts";
import { linksOf } from "../stubs.ts";
import { problem } from "./problem.ts";
import type { Asked } from "./serve.ts";

/** The links of the organization whose link this is. Another tenant's link, one that never was and one that is gone are the same to whoever asks. */
export async function ownLink({ c, caller, id }: Pick<Asked<typeof routes.getLink>, "c" | "caller" | "id">) {
  if ((await readTag(c.env.PASSAGE_SECRET, "link", id)) !== caller.tag) throw unknownLink();
  return linksOf(c.env, caller.tag);
}

export function unknownLink() {
  return problem("not_found", "Link not found");
}
