import type { Brand } from "../site/brand.ts";

const secure = "/digital/nsa/secure/ui";

export const brand: Brand = {
  id: "verizon",
  name: "Verizon",
  account: "user ID",
  hosts: {
    apex: "verizon.localhost",
    www: "www.verizon.localhost",
    signIn: "secure.verizon.localhost",
    pay: "payments.verizon.localhost",
  },
  secondFactor: "push",
  start: `${secure}/udb/`,
  headline: "A network for everything you test",
  navigation: [
    { href: `${secure}/udb/`, text: "Account" },
    { href: `${secure}/bill/overview/`, text: "Bill" },
    { href: `${secure}/payment/methods/`, text: "Payments" },
    { href: "/signout", text: "Sign out" },
  ],
  logout: "/signout",
  look: {
    accent: "#111111",
    accentDark: "#b3121d",
    radius: "24px",
    css: ".wordmark { color: #111; } .wordmark::after { color: #d52b1e; content: '.'; } .card, .bills { border-radius: 4px; }",
  },
};
