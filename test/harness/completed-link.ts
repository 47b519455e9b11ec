import type { CreatedLink } from "@passage/protocol/http/link";
import { claim, createLink } from "./api.ts";
import type { Running } from "./passage-process.ts";
import { type Script, scriptedDevice } from "./scripted-device.ts";
import { tmobileScript } from "./tmobile-script.ts";

/** The person says that they cannot go on. */
export const givesUp: Script = (request) =>
  request.command === "yield" ? { result: { matched: false, reason: "user_gave_up" } } : tmobileScript(request);

/** Claims the link and plays its device to the session's end. */
export async function playLink(passage: Running, link: { claimCode: string }, script: Script = tmobileScript) {
  const device = await scriptedDevice(await claim(passage, link.claimCode), script);
  await device.message("server.session_end");
}

/** A link that has ended: complete, unless the script says otherwise. */
export async function endedLink(passage: Running, fields: object = {}, script?: Script): Promise<CreatedLink> {
  const link = await createLink(passage, fields);
  await playLink(passage, link, script);
  return link;
}
