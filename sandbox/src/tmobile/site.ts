import { siteApp } from "../site/app.ts";
import { cardFrame } from "../wallet/card-frame.ts";
import { billingCallName } from "./billing-calls.ts";
import { brand } from "./brand.ts";
import { account } from "./sign-in.ts";
import { www } from "./www.ts";

/** T-Mobile: `www` has the account and the bills, `account` the sign-in, `payments` the card form. */
export const tmobile = siteApp(brand, { www, signIn: account, pay: cardFrame(brand), callName: billingCallName });
