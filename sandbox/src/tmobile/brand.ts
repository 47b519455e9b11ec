import type { Brand } from "../site/brand.ts";

export const brand: Brand = {
  id: "tmobile",
  name: "T-Mobile",
  account: "T-Mobile ID",
  hosts: {
    apex: "t-mobile.localhost",
    www: "www.t-mobile.localhost",
    signIn: "account.t-mobile.localhost",
    pay: "payments.t-mobile.localhost",
  },
  secondFactor: "factor",
  start: "/account",
  headline: "Unlimited talk, text and tests",
  navigation: [
    { href: "/my-account/dashboard", text: "Account" },
    { href: "/bill/summary", text: "Bill & pay" },
    { href: "/logout", text: "Log out", id: "logout_desktop" },
  ],
  logout: "/logout",
  look: { accent: "#e20074", accentDark: "#b8005e", radius: "24px" },
};
