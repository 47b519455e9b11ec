import { type Operation, operation } from "../define.ts";
import { signIn } from "../sign-in.ts";
import type { Carrier } from "./carrier.ts";
import { readResult, sampleWallet } from "./method.ts";
import { readWallet } from "./wallet.ts";

/** `paymentMethod.read` of a carrier: they differ by their addresses only. */
export function paymentMethodRead({ siteOrigins, signInOrigins, wallet }: Carrier): Operation {
  return operation({
    resource: "paymentMethod",
    action: "read",
    description: "Your saved payment methods: kind, last four digits and expiry of each",
    arguments: null,
    result: readResult,
    sample: sampleWallet,
    manifest: {
      origins: siteOrigins,
      signIn: signInOrigins,
      commands: ["fetchInPage"],
      evidence: "synthetic",
    },
    async run(page) {
      await signIn(page, wallet.signIn);
      await page.updateStatus({ heading: "Reading your payment methods", progress: 0.6 });
      const paymentMethods = await readWallet(page, wallet);
      await page.updateStatus({ heading: "Done", subheading: "Your payment methods were read", progress: 1 });
      return { paymentMethods };
    },
  });
}
