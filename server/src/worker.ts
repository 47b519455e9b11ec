import { app } from "./http/app.ts";

export { Directory } from "./directory/directory.ts";
export { Organization } from "./organization/organization.ts";
export { Session } from "./session/session.ts";
export default app;
