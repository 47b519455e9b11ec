/** A webhook signed once by the stock `jose` library and kept, so that both ends are held to the same bytes for good. */
export const vector = {
  kid: "wsk_1705936800000",
  /** Unix seconds. */
  iat: 1767225600,
  publicKey: `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEpoZmwc/ohjLaB1LM6wMBq/t+QErj
Q9lEissGSxFAqR0SKJWK+39zygyXje9YZMryANWdlmmdeGoCNim5epFuwQ==
-----END PUBLIC KEY-----`,
  body: '{"event":"link.complete","id":"evt_vector","linkId":"link_vector","status":"complete","result":{"orderCount":2,"note":"café ☕"},"error":null,"timestamp":1767225600123}',
  token: [
    "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6Indza18xNzA1OTM2ODAwMDAwIn0",
    "eyJyZXF1ZXN0X2JvZHlfc2hhMjU2IjoiYjM0YTM0MzcwZjI5OTQzNGNlNWMxYTEyMzU1MWFiNzFlYzgxMGY1OWZkZjMyZmI2NDRlNGUxODcwNzkwOGNjYyIsImlhdCI6MTc2NzIyNTYwMCwiYXVkIjoib3JnX3ZlY3RvciIsImp0aSI6ImV2dF92ZWN0b3IifQ",
    "E9tzWh71gv9qb3Zf7KAJWdq8k36tB7L-HEa3EUIYRdHVcIDs7NLfBIMncY9wyBLe6n11ajWlyhB8JudT1x5IBg",
  ].join("."),
} as const;
