/** What `user_good` enters on each provider's sandbox site. Generated from the sandbox's table by "npm run schema". */
export const sandboxEntries: Record<string, { readonly password?: string; readonly code?: string }> = {
  tmobile: { password: "pass_good", code: "123456" },
  att: { password: "pass_good", code: "123456" },
  verizon: { password: "pass_good" },
  ubereats: { code: "1234" },
  "apple-review": { password: "pass_good", code: "123456" },
};
