import { type Operation, operation } from "@passage/providers/define";
import { reads } from "@passage/providers/reads/read";
import { signIn } from "@passage/providers/steps/sign-in";
import { place, steps } from "@passage/providers/steps/step";
import type { Carrier } from "./carrier.ts";
import { readResult, sampleWallet } from "./method.ts";
import { readWallet, walletRead } from "./wallet.ts";

/** `paymentMethod.read` of a carrier: they differ by their addresses only. */
export function paymentMethodRead({ siteOrigins, signInOrigins, wallet }: Carrier): Operation {
  const methods = walletRead(wallet);
  const walletPage = place(wallet.page);
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
      reads: reads({ methods }),
      steps: steps({ ...wallet.signIn.steps, walletPage }),
      says: [...wallet.signIn.says, "Reading your payment methods", "Done", "Your payment methods were read"],
      evidence: "synthetic",
    },
    async run(page) {
      await signIn(page, wallet.signIn);
      await page.updateStatus({ heading: "Reading your payment methods", progress: 0.6 });
      await page.go(walletPage);
      const paymentMethods = await readWallet(page, methods);
      await page.updateStatus({ heading: "Done", subheading: "Your payment methods were read", progress: 1 });
      return { paymentMethods };
    },
  });
}
