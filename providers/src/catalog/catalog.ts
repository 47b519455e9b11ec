import type { Provider } from "@passage/providers/define";
import { appleReview } from "./apple-review/provider.ts";
import { att } from "./att/provider.ts";
import { tmobile } from "./tmobile/provider.ts";
import { ubereats } from "./ubereats/provider.ts";
import { verizon } from "./verizon/provider.ts";

export const providers: readonly Provider[] = [tmobile, att, verizon, ubereats, appleReview];
