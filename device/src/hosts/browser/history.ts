import { setTimeout } from "node:timers/promises";
import { CdpError, type CdpSession } from "./pipe.ts";

/** The back-forward list. Chromium refuses for a moment while a new document takes the place of the old one. */
export async function navigationHistory(session: CdpSession) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await session.send("Page.getNavigationHistory");
    } catch (error) {
      if (!(error instanceof CdpError) || !error.message.includes("Not attached") || attempt === 100) throw error;
      await setTimeout(20);
    }
  }
}
