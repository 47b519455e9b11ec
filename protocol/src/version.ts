/** The session protocol's own number. It changes only when an old peer could misread a new one. */
export const protocolVersion = 1;
