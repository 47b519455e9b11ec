import { operation } from "../define.ts";
import { readResult, sampleWallet } from "../payment-method/method.ts";
import { readWallet } from "../payment-method/wallet.ts";
import { signIn } from "../sign-in.ts";
import { signInOrigins, siteOrigins, wallet } from "./pages.ts";

export const paymentMethodRead = operation({
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
