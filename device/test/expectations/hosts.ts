import type { HostName } from "../../src/host-names.ts";
import { chromium } from "./chromium.ts";
import type { Gap } from "./gap.ts";
import { webviewContractIsolated } from "./webview-contract-isolated.ts";
import { webviewContractPage } from "./webview-contract-page.ts";

export const gapsOfHosts: Readonly<Record<HostName, readonly Gap[]>> = {
  chromium,
  "webview-contract-isolated": webviewContractIsolated,
  "webview-contract-page": webviewContractPage,
};
