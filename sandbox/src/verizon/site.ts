import { siteApp } from "../site/app.ts";
import { cardFrame } from "../wallet/card-frame.ts";
import { brand } from "./brand.ts";
import { signIn } from "./sign-in.ts";
import { www } from "./www.ts";

/** Verizon: `www` has the account, `secure` the sign-in, `payments` the card form. */
export const verizon = siteApp(brand, { www, signIn, pay: cardFrame(brand) });
