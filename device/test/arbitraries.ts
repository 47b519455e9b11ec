import fc from "fast-check";

export const alphanumeric = fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
const signs = fc.constantFrom(..."!@#$%^&*()-_=+[]{};:'\"\\|,.<>/?`~ ");

/** What people choose: eight letters and digits or more, and up to four signs among them. */
export const password = fc
  .tuple(fc.array(alphanumeric, { minLength: 8, maxLength: 20 }), fc.array(signs, { maxLength: 4 }))
  .chain(([letters, more]) => fc.shuffledSubarray([...letters, ...more], { minLength: letters.length + more.length }))
  .map((characters) => characters.join("").trim())
  .filter((text) => !/^\d+$/.test(text));

/** What servers give out. */
export const token = fc
  .uint8Array({ minLength: 18, maxLength: 60 })
  .map((bytes) => Buffer.from(bytes).toString("base64url"))
  .filter((text) => text.replace(/[^A-Za-z0-9]/g, "").length >= 20);

/** Numbers from 0 to 1 for an encoder that has a choice. */
export const choices = fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true }));

export function chooser(stream: Iterable<number>): () => number {
  const iterator = stream[Symbol.iterator]();
  return () => iterator.next().value ?? 0;
}
