import type { CdpPipe, CdpSession } from "../browser/pipe.ts";
import type { OpenedWindow } from "../browser/windows.ts";
import type { ChromiumCredentials } from "./credentials.ts";
import { Frames } from "./frames.ts";
import type { World } from "./world.ts";

export interface PopupsOptions {
  readonly pipe: CdpPipe;
  readonly world: World;
  readonly credentials: ChromiumCredentials;
  readonly onMessage: (text: string) => void;
}

/** The page script in the windows that the site opens: a person can type a secret there too. Commands never go there. */
export class Popups {
  readonly #options: PopupsOptions;
  readonly #frames = new Map<CdpSession, Frames>();

  constructor(options: PopupsOptions) {
    this.#options = options;
  }

  async enter({ session }: OpenedWindow): Promise<void> {
    const { pipe, world, credentials, onMessage } = this.#options;
    const frames = new Frames({ pipe, main: session, world, credentials });
    this.#frames.set(session, frames);
    credentials.follow(session);
    await Promise.all([
      session.send("Page.enable"),
      session.send("Page.setLifecycleEventsEnabled", { enabled: true }),
      session.send("Network.enable"),
      session.send("Inspector.enable"),
      frames.follow(onMessage),
    ]);
  }

  leave({ session }: OpenedWindow): void {
    this.#frames.delete(session);
  }

  async evaluate(expression: string): Promise<readonly unknown[]> {
    return (await Promise.all([...this.#frames.values()].map((frames) => frames.evaluate(expression)))).flat();
  }
}
