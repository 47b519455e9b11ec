/** What a field asks a person for that must stay on the device. */
export type SensitiveKind = "password" | "one-time-code" | "card" | "security-answer";
