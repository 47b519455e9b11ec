import type { Incident } from "../../incident.ts";
import { Dialogs } from "./dialogs.ts";
import type { FirstPage } from "./first-page.ts";
import { CdpError, type CdpSession } from "./pipe.ts";
import type { OpenedWindow } from "./windows.ts";

/** What a page may have of the browser, in every window, and what is told of it: docs/design/device-policies.md. */
export class Policies {
  readonly #browser: CdpSession;
  readonly #tell: (incident: Incident) => void;
  readonly #windows = new Map<CdpSession, Dialogs>();
  #personHasControl = false;

  constructor({ pipe }: FirstPage, tell: (incident: Incident) => void) {
    this.#browser = pipe.browser;
    this.#tell = tell;
  }

  /** What holds for the browser as a whole. */
  async start(): Promise<void> {
    this.#browser.on("Browser.downloadWillBegin", ({ url }) => this.#tell({ type: "download.refused", url }));
    await Promise.all([
      this.#browser.send("Browser.setDownloadBehavior", { behavior: "deny", eventsEnabled: true }),
      ...denied.map((name) => this.#deny(name)),
    ]);
  }

  /** The window's `Page` domain must be enabled, or be about to. */
  async applyTo({ name: window, session }: OpenedWindow): Promise<void> {
    const tell = this.#tell;
    this.#windows.set(session, new Dialogs(session, window, this.#personHasControl, tell));
    session.on("Page.fileChooserOpened", () => tell({ type: "file_chooser.refused", window }));
    session.on("Page.frameRequestedNavigation", ({ url }) => {
      const scheme = URL.parse(url)?.protocol.slice(0, -1);
      if (scheme && !ownSchemes.has(scheme)) tell({ type: "external_app.requested", window, scheme });
    });
    session.on("Fetch.requestPaused", ({ requestId }) => {
      session.send("Fetch.continueRequest", { requestId }).catch(() => {});
    });
    session.on("Fetch.authRequired", ({ requestId, request: { url }, authChallenge }) => {
      tell({ type: "auth.cancelled", window, url, proxy: authChallenge.source === "Proxy" });
      const authChallengeResponse = { response: "CancelAuth" } as const;
      session.send("Fetch.continueWithAuth", { requestId, authChallengeResponse }).catch(() => {});
    });
    await Promise.all([
      // Challenges come with requests that are held up. Those of documents are, for a moment; no other is.
      session.send("Fetch.enable", { patterns: [{ resourceType: "Document" }], handleAuthRequests: true }),
      this.#guardFiles(session),
    ]);
  }

  forget({ session }: OpenedWindow): void {
    this.#windows.delete(session);
  }

  handOver(toPerson: boolean): void {
    this.#personHasControl = toPerson;
    for (const [session, dialogs] of this.#windows) {
      dialogs.handOver(toPerson);
      this.#guardFiles(session).catch((error) => {
        // The window is gone.
        if (!(error instanceof CdpError)) throw error;
      });
    }
  }

  /** A file is chosen by the person, or given by `setInputFiles`. */
  async #guardFiles(session: CdpSession): Promise<void> {
    const enabled = !this.#personHasControl;
    await session.send("Page.setInterceptFileChooserDialog", { enabled, cancel: enabled });
  }

  /** Chromium knows some of these names only on some systems. */
  async #deny(name: string): Promise<void> {
    try {
      await this.#browser.send("Browser.setPermission", { permission: { name }, setting: "denied" });
    } catch (error) {
      if (!(error instanceof CdpError)) throw error;
    }
  }
}

/** Whatever a page could ask a person for in a prompt. */
const denied = ["geolocation", "notifications", "camera", "microphone", "midi", "clipboard-read", "idle-detection"];

const ownSchemes: ReadonlySet<string> = new Set(["http", "https", "about", "blob", "data", "javascript", "chrome"]);
